package io.clearmarket.network.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The network that the suite asks for: {@link #MARKET} and {@link #AUDIT} with a peer each, LevelDB, one ordering
 * organisation, the policies of fabric-protocol 6.2 and channel {@link #CHANNEL}, TLS everywhere.
 *
 * @param directory empty; all that the network keeps goes in there
 * @param batch when blocks are cut
 * @param executeTimeout Fabric's {@code chaincode.executetimeout}
 * @param orderers one, or three where the network has {@link Capability#THREE_ORDERERS}
 * @param chaincodes to be installed, approved by both organisations and committed before the network is handed over; their
 *     servers may not run yet
 */
public record NetworkPlan(
        Path directory, Batch batch, Duration executeTimeout, int orderers, List<ChaincodeUnderTest> chaincodes) {
    public static final String MARKET = "MarketMSP";
    public static final String AUDIT = "AuditMSP";
    public static final String ORDERER = "OrdererMSP";
    /** The organisations with peers. */
    public static final List<String> MSP_IDS = List.of(MARKET, AUDIT);

    public static final String CHANNEL = "market";
    /** The second channel of a network with {@link Capability#OTHER_CHANNEL}. */
    public static final String OTHER_CHANNEL = "other";

    /**
     * Fabric's BatchTimeout and BatchSize.
     *
     * @param absoluteBytes a larger transaction is refused
     */
    public record Batch(Duration timeout, int maxMessages, int preferredBytes, int absoluteBytes) {}

    public NetworkPlan {
        chaincodes = List.copyOf(chaincodes);
    }
}
