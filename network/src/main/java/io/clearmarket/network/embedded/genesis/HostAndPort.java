package io.clearmarket.network.embedded.genesis;

/** A node's address in the two parts that Fabric's configuration wants. */
public record HostAndPort(String host, int port) {
    /** @throws IllegalArgumentException if it is not {@code host:port} */
    public static HostAndPort of(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        if (colon < 1 || !endpoint.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + endpoint + "' is not an endpoint: host:port");
        }
        return new HostAndPort(endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)));
    }
}
