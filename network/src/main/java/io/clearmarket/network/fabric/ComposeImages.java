package io.clearmarket.network.fabric;

import java.util.Map;

/**
 * The images that nodes run from.
 *
 * @param peer with {@code peer} on its PATH, and a shell with grep and sed for the builder
 * @param orderer with {@code orderer} on its PATH
 */
public record ComposeImages(String peer, String orderer) {
    private static final String VERSION = "3.1.5";

    /** The project's official images, or those that FABRIC_PEER_IMAGE and FABRIC_ORDERER_IMAGE name. */
    public static ComposeImages configured() {
        return of(System.getenv());
    }

    static ComposeImages of(Map<String, String> environment) {
        return new ComposeImages(
                environment.getOrDefault("FABRIC_PEER_IMAGE", "hyperledger/fabric-peer:" + VERSION),
                environment.getOrDefault("FABRIC_ORDERER_IMAGE", "hyperledger/fabric-orderer:" + VERSION));
    }
}
