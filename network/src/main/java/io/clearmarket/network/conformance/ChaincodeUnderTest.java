package io.clearmarket.network.conformance;

import java.util.List;
import java.util.Map;

/**
 * A chaincode as a service, to be defined with each organisation's own server.
 *
 * @param policy endorsement policy: signature policy text such as {@code AND('MarketMSP.peer','AuditMSP.peer')}
 * @param collections empty unless the network has {@link Capability#PRIVATE_DATA}
 * @param initRequired only where the network has {@link Capability#INIT_REQUIRED}
 * @param ports of each organisation's server on this machine, by MSP id; the suite runs the servers, without TLS
 */
public record ChaincodeUnderTest(
        String name,
        String version,
        String policy,
        List<Collection> collections,
        boolean initRequired,
        Map<String, Integer> ports) {

    /**
     * A collection of private data, in Fabric's terms.
     *
     * @param memberPolicy who may hold the data, such as {@code OR('MarketMSP.member')}
     * @param blockToLive blocks until the values are purged, 0 for ever
     * @param endorsementPolicy signature policy text; empty for the chaincode's own
     */
    public record Collection(
            String name,
            String memberPolicy,
            int requiredPeerCount,
            int maximumPeerCount,
            long blockToLive,
            boolean memberOnlyRead,
            boolean memberOnlyWrite,
            String endorsementPolicy) {}

    public ChaincodeUnderTest {
        collections = List.copyOf(collections);
        ports = Map.copyOf(ports);
    }
}
