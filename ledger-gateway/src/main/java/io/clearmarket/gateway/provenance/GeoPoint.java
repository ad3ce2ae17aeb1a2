package io.clearmarket.gateway.provenance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place on the earth.
 *
 * @param latitude degrees, north positive, -90 to 90
 * @param longitude degrees, east positive, -180 to 180
 */
public record GeoPoint(double latitude, double longitude) {
    private static final String NUMBER = "(-?\\d{1,3}(?:\\.\\d{1,20})?)";
    private static final Pattern GEO = Pattern.compile(
            "geo:" + NUMBER + "," + NUMBER + "(?:,-?\\d+(?:\\.\\d+)?)?(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_SYSTEM = Pattern.compile(";crs=(?!wgs84(;|$))", Pattern.CASE_INSENSITIVE);

    /**
     * The point of a geo URI (RFC 5870), which EPCIS takes for the name of a place.
     *
     * @return nothing for another kind of name, another reference system, or a point off the earth
     */
    public static Optional<GeoPoint> of(@Nullable String place) {
        Matcher geo = GEO.matcher(place == null ? "" : place);
        if (!geo.matches()
                || (geo.group(3) != null && OTHER_SYSTEM.matcher(geo.group(3)).find())) {
            return Optional.empty();
        }
        GeoPoint point = new GeoPoint(Double.parseDouble(geo.group(1)), Double.parseDouble(geo.group(2)));
        boolean isOnEarth = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
        return isOnEarth ? Optional.of(point) : Optional.empty();
    }
}
