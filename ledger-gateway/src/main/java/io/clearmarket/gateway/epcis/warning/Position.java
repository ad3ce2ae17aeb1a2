package io.clearmarket.gateway.epcis.warning;

/** A place on earth, WGS 84, in degrees. */
public record Position(double latitude, double longitude) {
    /** The mean radius, in kilometres. */
    private static final double EARTH = 6371.0;

    /** Great-circle distance in kilometres. */
    public double distance(Position other) {
        double dLat = Math.toRadians(other.latitude - latitude);
        double dLon = Math.toRadians(other.longitude - longitude);
        double a = Math.pow(Math.sin(dLat / 2), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * Math.pow(Math.sin(dLon / 2), 2);
        return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(a)));
    }
}
