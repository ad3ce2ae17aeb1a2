package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A Fabric network in this process: organisations with a peer and a ledger each, one orderer, one channel, behind the real
 * gRPC services over TLS. Everything is kept under the data directory; a network killed at any moment reopens there with
 * all it had announced as committed.
 *
 * <pre>{@code
 * try (EmbeddedNetwork network = EmbeddedNetwork.start(NetworkConfig.in(directory).chaincode(orders).build())) {
 *     Organization platform = network.organization("PlatformMSP");
 *     SigningIdentity buyer = network.issue("PlatformMSP", "buyer", NodeOu.CLIENT, Map.of("role", "buyer"));
 *     // dial platform.peerAddress() with fabric-gateway
 * }
 * }</pre>
 */
public final class EmbeddedNetwork implements AutoCloseable {
    private final NetworkConfig config;
    private final RunningNodes nodes;
    private final Map<String, OrganizationFolder> folders;
    private final NetworkFaults faults;

    private EmbeddedNetwork(NetworkConfig config, Map<String, OrganizationFolder> folders, RunningNodes nodes) {
        this.config = config;
        this.folders = folders;
        this.nodes = nodes;
        this.faults = new NetworkFaults(nodes);
    }

    /**
     * Starts a new network, or the one that is in the data directory. Returns when all doors are open and every configured
     * chaincode is defined on every peer; the chaincodes' servers need not run yet.
     *
     * @throws NetworkException if a port is taken, the directory is unusable or holds another kind of network
     */
    public static EmbeddedNetwork start(NetworkConfig config) {
        Map<String, OrganizationFolder> folders = NetworkFolders.open(config);
        RunningNodes nodes = RunningNodes.start(config, folders);
        EmbeddedNetwork network = new EmbeddedNetwork(config, folders, nodes);
        try {
            ChaincodeDefiner.define(config, folders, nodes);
            ConnectionProfile.write(network);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    public NetworkConfig config() {
        return config;
    }

    public String channel() {
        return config.channel();
    }

    /** The organisations that run peers, in the configured order. */
    public List<Organization> organizations() {
        return config.mspIds().stream().map(this::organization).toList();
    }

    /** @throws IllegalArgumentException if there is no such organisation, or it runs no peer */
    public Organization organization(String mspId) {
        OrganizationFolder folder = folder(mspId);
        return new Organization(
                mspId,
                nodes.peerNode(mspId).address(),
                folder.tlsCaCertificate(),
                folder.tlsCaFile(),
                folder.mspDirectory());
    }

    /** The organisation that runs the ordering service; its address is the orderer's. */
    public Organization ordererOrganization() {
        OrganizationFolder folder = Objects.requireNonNull(folders.get(NetworkConfig.ORDERER_MSP));
        return new Organization(
                NetworkConfig.ORDERER_MSP,
                nodes.ordererNode().address(),
                folder.tlsCaCertificate(),
                folder.tlsCaFile(),
                folder.mspDirectory());
    }

    /** {@code host:port} of the orderer. */
    public String ordererAddress() {
        return nodes.ordererNode().address();
    }

    /**
     * The identity of this name, from the organisation's folder if it was issued before, else newly issued and kept there.
     *
     * @param attributes what chaincode may read from the certificate; only used when it is issued
     */
    public SigningIdentity issue(String mspId, String name, NodeOu ou, Map<String, String> attributes) {
        return folder(mspId).user(name, ou, attributes);
    }

    /** MSP folder of an issued identity. */
    public Path userDirectory(String mspId, String name) {
        return folder(mspId).userDirectory(name);
    }

    /** {@code connection-profile.json} in the data directory: what a client needs to know of this network. */
    public Path connectionProfile() {
        return config.dataDirectory().resolve(ConnectionProfile.FILE);
    }

    /**
     * Has the running network agree on a chaincode, a new one or another version, policy or collections of one that it has.
     * Its servers may be the ones that run already, if name and version are the same, and must be others if not. It is not in
     * {@link #config}: a later start needs it there, or the channel's chaincode runs nowhere.
     *
     * @throws NetworkException if the organisations do not agree
     */
    public void deploy(ChaincodeConfig chaincode) {
        for (String mspId : config.mspIds()) {
            chaincode.server(mspId).ifPresent(nodes.peerNode(mspId)::install);
        }
        ChaincodeDefiner.define(config, folders, nodes, chaincode);
    }

    /** Number of blocks that an organisation's peer has committed. */
    public long height(String mspId) {
        return ledger(mspId).height();
    }

    /**
     * Returns when every running peer has committed all blocks that there are. A commit status speaks for one peer only, here as
     * on any Fabric network: a test that asks another one, or has it endorse, waits for it first.
     *
     * @throws NetworkException if a peer does not get there within a minute
     */
    public void awaitLevel() {
        long height = nodes.ordererNode().height();
        for (Peer peer : nodes.peers()) {
            if (!peer.commits().awaitHeight(height, 1, TimeUnit.MINUTES)) {
                throw new NetworkException("the peer of " + peer.mspId() + " does not reach height " + height);
            }
        }
    }

    /** An organisation's copy of the ledger, for audits and tests; clients use the gateway. */
    public PeerLedger ledger(String mspId) {
        return peer(mspId).ledger();
    }

    /** What goes wrong on demand, for tests. */
    public NetworkFaults faults() {
        return faults;
    }

    /** Calls and streams of all running peers that wait for a commit: 0 when every client has gone. */
    public int openWaits() {
        return nodes.peers().stream()
                .mapToInt(peer -> peer.commits().openWaits())
                .sum();
    }

    Peer peer(String mspId) {
        folder(mspId);
        return nodes.peer(mspId);
    }

    private OrganizationFolder folder(String mspId) {
        OrganizationFolder folder = folders.get(mspId);
        if (folder == null || !config.peerPorts().containsKey(mspId)) {
            throw new IllegalArgumentException(
                    "no organisation " + mspId + " in this network, only " + config.mspIds());
        }
        return folder;
    }

    /** Ends all calls and closes the ledgers. What was submitted but not committed may be lost. */
    @Override
    public void close() {
        faults.close();
        nodes.close();
    }
}
