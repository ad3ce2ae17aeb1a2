package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.configtx.ConfigDelta;
import io.clearmarket.network.embedded.configtx.UpdateWriter;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.orderer.BroadcastResult;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/**
 * A Fabric network in this process: organisations with peers, a ledger for each peer and channel, one orderer, behind the real
 * gRPC services over TLS. Everything is kept under the data directory; a network killed at any moment reopens there with
 * all it had announced as committed.
 *
 * <p>A peer is named by its organisation's MSP id if it is the first one, else by {@code <MSP id>/peer1} and so on
 * ({@link PeerId#key}). Where no channel is named the first one is meant.
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
    private final NetworkFolders folders;
    private final NetworkFaults faults;

    private EmbeddedNetwork(NetworkConfig config, NetworkFolders folders, RunningNodes nodes) {
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
        NetworkFolders folders = NetworkFolders.open(config);
        RunningNodes nodes = RunningNodes.start(config, folders);
        EmbeddedNetwork network = new EmbeddedNetwork(config, folders, nodes);
        try {
            for (ChannelSettings channel : config.channels()) {
                new ChaincodeDefiner(channel, folders, nodes).define();
            }
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

    /** The first channel's name. */
    public String channel() {
        return config.channel();
    }

    /** The organisations that run peers, in the configured order, each by its first peer. */
    public List<Organization> organizations() {
        return config.mspIds().stream().map(this::organization).toList();
    }

    /**
     * An organisation, by one of its peers.
     *
     * @param peer an MSP id, or {@code <MSP id>/peer1} for another than the first
     * @throws IllegalArgumentException if there is no such peer
     */
    public Organization organization(String peer) {
        PeerId id = PeerId.of(peer);
        return organization(folder(id.mspId()), nodes.peerNode(id).address());
    }

    private static Organization organization(OrganizationFolder folder, String address) {
        return new Organization(
                folder.mspId(), address, folder.tlsCaCertificate(), folder.tlsCaFile(), folder.mspDirectory());
    }

    /** The organisation that runs the ordering service; its address is the orderer's. */
    public Organization ordererOrganization() {
        return organization(folders.organization(NetworkConfig.ORDERER_MSP), ordererAddress());
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

    /** What a user shows where TLS is mutual: a folder with {@code client.crt} and {@code client.key}, made if it is missing. */
    public Path userTlsDirectory(String mspId, String name) {
        return folder(mspId).userTls(name);
    }

    /** {@code connection-profile.json} in the data directory: what a client needs to know of this network. */
    public Path connectionProfile() {
        return config.dataDirectory().resolve(ConnectionProfile.FILE);
    }

    /** {@link #deploy(String, ChaincodeConfig)} on the first channel. */
    public void deploy(ChaincodeConfig chaincode) {
        deploy(channel(), chaincode);
    }

    /**
     * Has a channel of the running network agree on a chaincode, a new one or another version, policy or collections of one that
     * it has. Its servers may be the ones that run already, if name and version are the same, and must be others if not. It is
     * not in {@link #config}: a later start needs it there, or the channel's chaincode runs nowhere.
     *
     * @throws NetworkException if the organisations do not agree
     */
    public void deploy(String channel, ChaincodeConfig chaincode) {
        ChannelSettings settings = settings(channel);
        for (PeerId peer : config.peers(settings)) {
            chaincode.server(peer).ifPresent(server -> nodes.peerNode(peer).install(channel, server));
        }
        new ChaincodeDefiner(settings, folders, nodes).agreeOn(List.of(chaincode));
    }

    /**
     * Runs a chaincode in this JVM: from now on peers open their streams to its configured servers here, and dial none of them.
     *
     * @param config its servers' addresses are names only
     * @param chaincode called for each peer's stream
     */
    public void host(ChaincodeConfig config, Supplier<? extends ChaincodeGrpc.AsyncService> chaincode) {
        config.servers().values().forEach(address -> nodes.hosted().host(address, chaincode));
    }

    /** Ends {@link #host}: later streams are dialled, those that are open stay. */
    public void release(ChaincodeConfig config) {
        config.servers().values().forEach(nodes.hosted()::release);
    }

    /** A channel's configuration as of its newest block. */
    public Config configuration(String channel) {
        settings(channel);
        return nodes.orderer(channel).resources().config();
    }

    /**
     * Updates a channel's configuration, as {@code peer channel update} does: what differs is signed by the administrators
     * named and sent to the orderer. Returns when every running peer follows it.
     *
     * @param change from the channel's group to the changed one, see {@code ConfigEdits}; versions are seen to
     * @param signers MSP ids of the organisations whose administrators sign, at least one; the orderer's is {@code OrdererMSP}
     * @throws NetworkException in the orderer's words, if the modification policies want others, or the change is impossible
     */
    public void update(String channel, UnaryOperator<ConfigGroup> change, List<String> signers) {
        ConfigGroup before = configuration(channel).getChannelGroup();
        ConfigUpdateEnvelope update = UpdateWriter.unsigned(ConfigDelta.between(channel, before, change.apply(before)));
        for (String mspId : signers) {
            update = UpdateWriter.signed(update, administrator(mspId));
        }
        Envelope envelope = UpdateWriter.envelope(channel, update, administrator(signers.getFirst()));
        long height = nodes.ordererNode().height(channel);
        BroadcastResult answer = nodes.ordererNode()
                .broadcast(channel, envelope)
                .orElseThrow(() -> new NetworkException("the channel cannot be updated: the orderer is stopped"));
        if (!answer.accepted()) {
            throw new NetworkException("the channel cannot be updated: " + answer.info());
        }
        for (Peer peer : nodes.peers(channel)) {
            peer.commits().awaitHeight(height + 1, 1, TimeUnit.MINUTES);
        }
        awaitLevel();
    }

    private io.clearmarket.network.embedded.msp.SigningIdentity administrator(String mspId) {
        return io.clearmarket.network.embedded.msp.SigningIdentity.of(
                folders.organization(mspId).user("admin", NodeOu.ADMIN, Map.of()));
    }

    /**
     * Makes an organisation that is not in the network yet, with authorities in its own folder, for {@code ConfigEdits.addOrganization}. It runs peers
     * once the network is started with a configuration that names it.
     */
    public ChannelConfig.Organization newOrganization(String mspId) {
        return FoundingBlock.organization(folders.make(mspId));
    }

    private ChannelSettings settings(String channel) {
        return config.channel(channel)
                .orElseThrow(() -> new IllegalArgumentException("no channel " + channel + " in this network, only "
                        + config.channels().stream().map(ChannelSettings::name).toList()));
    }

    /** Number of blocks that a peer has committed. */
    public long height(String peer) {
        return ledger(peer).height();
    }

    /**
     * Returns when every running peer has committed all blocks that there are. A commit status speaks for one peer only, here as
     * on any Fabric network: a test that asks another one, or has it endorse, waits for it first.
     *
     * @throws NetworkException if a peer does not get there within a minute
     */
    public void awaitLevel() {
        for (Peer peer : nodes.peers()) {
            long height = nodes.ordererNode().height(peer.ledger().channel());
            if (!peer.commits().awaitHeight(height, 1, TimeUnit.MINUTES)) {
                throw new NetworkException("the peer of " + peer.mspId() + " does not reach height " + height);
            }
        }
    }

    /** A peer's copy of the first channel's ledger, for audits and tests; clients use the gateway. */
    public PeerLedger ledger(String peer) {
        return ledger(channel(), peer);
    }

    /** A peer's copy of a channel's ledger. */
    public PeerLedger ledger(String channel, String peer) {
        settings(channel);
        return nodes.peerNode(PeerId.of(peer)).on(channel).ledger();
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

    Peer peer(String peer) {
        return nodes.peerNode(PeerId.of(peer)).on(channel());
    }

    private OrganizationFolder folder(String mspId) {
        if (!folders.organizations().containsKey(mspId)) {
            throw new IllegalArgumentException(
                    "no organisation " + mspId + " in this network, only " + config.mspIds());
        }
        return folders.organization(mspId);
    }

    /** Ends all calls and closes the ledgers. What was submitted but not committed may be lost. */
    @Override
    public void close() {
        faults.close();
        nodes.close();
    }
}
