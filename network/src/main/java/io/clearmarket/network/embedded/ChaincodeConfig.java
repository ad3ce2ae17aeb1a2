package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chaincode: a process per peer that is a server, or that dials its peer.
 *
 * @param name on the channel
 * @param version raise it, or change the policy, to have a new definition committed at the next start
 * @param policy endorsement policy: signature policy text, or the path of a channel policy
 * @param servers {@code host:port} where each peer and its chaincode meet, by {@link PeerId#key}; one server must not serve two peers
 * @param collections its private data collections
 * @param initRequired whether it must be called as init before anything else
 * @param dialsPeer whether the peers listen there and the chaincode dials, as with Fabric's development mode
 */
public record ChaincodeConfig(
        String name,
        String version,
        String policy,
        Map<String, String> servers,
        List<CollectionConfig> collections,
        boolean initRequired,
        boolean dialsPeer) {
    /** AuditMSP and one of the other two: the market's rule. */
    public static final String MARKET_POLICY = "AND('AuditMSP.peer', OR('PlatformMSP.peer','MerchantsMSP.peer'))";

    /** A majority of the channel's organisations, Fabric's own default. */
    public static final String MAJORITY_POLICY = "/Channel/Application/Endorsement";

    public ChaincodeConfig {
        if (!name.matches("[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")) {
            throw new IllegalArgumentException("chaincode '" + name
                    + "' is not a chaincode name: letters and digits, with single '-' or '_' between");
        }
        if (!version.matches("[A-Za-z0-9_.+-]+")) {
            throw new IllegalArgumentException("chaincode " + name + " has no usable version: '" + version + "'");
        }
        servers = Map.copyOf(servers);
        collections = List.copyOf(collections);
    }

    /** Without private data collections. */
    public ChaincodeConfig(String name, String version, String policy, Map<String, String> servers) {
        this(name, version, policy, servers, List.of(), false, false);
    }

    /** The same chaincode with these private data collections. */
    public ChaincodeConfig withCollections(List<CollectionConfig> others) {
        return new ChaincodeConfig(name, version, policy, servers, others, initRequired, dialsPeer);
    }

    /** The same chaincode at these addresses. */
    public ChaincodeConfig withServers(Map<String, String> others) {
        return new ChaincodeConfig(name, version, policy, others, collections, initRequired, dialsPeer);
    }

    /** The same chaincode, to be called as init first. */
    public ChaincodeConfig withInitRequired() {
        return new ChaincodeConfig(name, version, policy, servers, collections, true, dialsPeer);
    }

    /** The same chaincode, with the peers listening where it says and the chaincode dialling them. */
    public ChaincodeConfig diallingPeers() {
        return new ChaincodeConfig(name, version, policy, servers, collections, initRequired, true);
    }

    /** As the channel is to agree on it; {@link IllegalArgumentException} if a policy is malformed. */
    Definition definition(long sequence) {
        return new Definition(
                sequence,
                version,
                LifecycleNamespace.applicationPolicy(policy).toByteString(),
                CollectionConfig.toProto(collections),
                initRequired);
    }

    /** True if a peer of the organisation has a server. */
    boolean runsAt(String mspId) {
        return servers.keySet().stream()
                .anyMatch(peer -> PeerId.of(peer).mspId().equals(mspId));
    }

    /** The server of a peer, if it has one. */
    Optional<ChaincodeServer> server(PeerId peer) {
        return Optional.ofNullable(servers.get(peer.key()))
                .map(address -> new ChaincodeServer(name, packageId(), address, dialsPeer));
    }

    /** What it registers as: {@code label:hash}, here over name and version; one that dials {@code name:version}, as is usual there. */
    public String packageId() {
        return dialsPeer ? name + ":" + version : packageId(name, version);
    }

    /** {@link #packageId()} before the servers' addresses are known. */
    public static String packageId(String name, String version) {
        String label = name + "_" + version;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
            return label + ":" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
