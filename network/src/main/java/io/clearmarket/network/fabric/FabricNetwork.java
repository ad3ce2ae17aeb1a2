package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.embedded.configtx.ConfigDelta;
import io.clearmarket.network.embedded.configtx.UpdateWriter;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.fabric.NodePlan.Node;
import io.clearmarket.network.fabric.client.ChannelTransactions;
import io.clearmarket.network.fabric.client.NodeConnection;
import io.clearmarket.network.fabric.client.OrdererAdmin;
import io.clearmarket.network.fabric.client.OrdererClient;
import io.clearmarket.network.fabric.client.PeerClient;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.network.fabric.lifecycle.Lifecycle;
import io.clearmarket.network.fabric.node.FabricBinaries;
import io.clearmarket.network.fabric.node.ServiceBuilder;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A network of Fabric's own peers and orderers: founded once in a directory, and found again there with all it had. Nodes
 * speak TLS, organisations have their own authorities, chaincode runs as a service.
 */
public final class FabricNetwork implements AutoCloseable {
    private final FabricConfig config;
    private final NodePlan plan;
    private final NodeRunner runner;
    private final MemberFolders members;
    private final Steps steps;
    private final Map<String, PeerClient> peers = new LinkedHashMap<>();
    private @Nullable OrdererClient orderer;

    private FabricNetwork(FabricConfig config, NodePlan plan, NodeRunner runner, Steps steps) {
        this.config = config;
        this.plan = plan;
        this.runner = runner;
        this.steps = steps;
        Map<String, List<String>> names = new HashMap<>();
        plan.nodes().forEach(node -> names.put(node.id(), runner.hostNames(node)));
        this.members = MemberFolders.open(config.dataDirectory(), plan, names);
    }

    /**
     * Starts a network of processes on this machine, a new one or the one that is in the directory. Returns when every
     * node is on every channel, the peers know of each other, and transactions can be submitted to each.
     *
     * @throws NetworkException saying at which step it failed, with what the node's log tells
     */
    public static FabricNetwork startNative(FabricConfig config, FabricBinaries binaries, Steps steps) {
        DirectoryLock lock = DirectoryLock.take(config.dataDirectory());
        try {
            NodePlan plan = NodePlan.open(config);
            return start(config, plan, new ProcessRunner(binaries, config.dataDirectory(), plan, lock), steps);
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    /**
     * Starts a network of containers on this machine, alike.
     *
     * @throws NetworkException also where there is no Docker engine, no compose, or an image is missing
     */
    public static FabricNetwork startCompose(FabricConfig config, ComposeImages images, Steps steps) {
        DirectoryLock lock = DirectoryLock.take(config.dataDirectory());
        try {
            NodePlan plan = NodePlan.open(config);
            return start(config, plan, new ComposeRunner(images, config.dataDirectory(), plan, lock), steps);
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    /** Why {@link #startCompose} can't be done on this machine; empty if it can. */
    public static Optional<String> composeUnavailable(ComposeImages images) {
        return ComposeRunner.unavailable(images);
    }

    static FabricNetwork start(FabricConfig config, NodePlan plan, NodeRunner runner, Steps steps) {
        try {
            FabricNetwork network = new FabricNetwork(config, plan, runner, steps);
            network.startNodes();
            return network;
        } catch (RuntimeException | Error failure) {
            // an interrupt is why it failed; the nodes are to end in peace all the same
            boolean interrupted = Thread.interrupted();
            runner.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failure;
        }
    }

    private void startNodes() {
        plan.nodes().forEach(node -> runner.configure(node, members, config));
        List<Block> founding = config.channels().stream()
                .map(channel -> Founding.open(config, channel, plan, members, runner::address))
                .toList();
        steps.done("organisations, certificates, block 0");
        startOrderers(founding);
        steps.done(runner.version() + ": " + count(plan.orderers().size(), "orderer"));
        startPeers(founding);
        steps.done(count(plan.peers().size(), "peer") + " on "
                + count(config.channels().size(), "channel"));
        config.channels().forEach(channel -> readiness().awaitMembers(channel, peers.values(), ""));
        steps.done("peers know of each other");
        config.channels().forEach(this::awaitOrderers);
        steps.done("orderers lead, peers reach them");
    }

    /** Raft elects a leader some time after its nodes are healthy, and a gateway looks for orderers from time to time. */
    private void awaitOrderers(String channel) {
        tls().requireMajority(channel, configuration(channel));
        readiness().awaitLeader(channel);
        List<Node> outdated = tls().outdated(configuration(channel));
        outdated.forEach(node -> tellTls(channel, node, plan.orderers().size() - outdated.size()));
        plan.orderers().forEach(node -> readiness().awaitConsenter(node, channel));
        peers.values().forEach(peer -> readiness().awaitOrderer(peer, channel));
    }

    /**
     * Has the channel know an orderer by the TLS certificate that is in its folder. Only the leader knows how many take
     * part, and takes the update when the others are a majority.
     *
     * @param active orderers that take part now
     */
    private void tellTls(String channel, Node changed, int active) {
        Node leader = readiness().awaitLeader(channel, active);
        try (OrdererClient client = new OrdererClient(
                connect(leader, members.administrator(config.mspIds().getFirst())))) {
            update(channel, tls().change(changed), List.of(NetworkConfig.ORDERER_MSP), client);
        }
        steps.done("certificate of " + changed.id() + " told to " + channel);
    }

    private OrdererTls tls() {
        return new OrdererTls(plan, members, runner);
    }

    private ConfigGroup configuration(String channel) {
        return peers.values().iterator().next().configuration(channel).getChannelGroup();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void startOrderers(List<Block> founding) {
        plan.orderers().forEach(runner::start);
        plan.orderers().forEach(readiness()::awaitHealthy);
        for (Node node : plan.orderers()) {
            readiness().awaitAdministration(node);
            OrdererAdmin admin = new OrdererAdmin(
                    node.second(),
                    members.organization(NetworkConfig.ORDERER_MSP).tlsCaCertificate(),
                    members.ordererAdministration());
            for (int i = 0; i < founding.size(); i++) {
                if (!admin.hasJoined(config.channels().get(i))) {
                    admin.join(founding.get(i));
                }
            }
        }
        Node first = plan.orderers().getFirst();
        orderer = new OrdererClient(
                connect(first, members.administrator(config.mspIds().getFirst())));
    }

    private void startPeers(List<Block> founding) {
        plan.peers().forEach(runner::start);
        plan.peers().forEach(readiness()::awaitHealthy);
        for (Node node : plan.peers()) {
            SigningIdentity administrator = members.administrator(node.mspId());
            PeerClient peer = new PeerClient(node.mspId(), connect(node, administrator), administrator);
            peers.put(node.id(), peer);
            List<String> joined = peer.channels();
            for (int i = 0; i < founding.size(); i++) {
                if (!joined.contains(config.channels().get(i))) {
                    peer.join(founding.get(i));
                }
            }
        }
    }

    private NodeConnection connect(Node node, SigningIdentity client) {
        return NodeConnection.to(
                node.address(), members.organization(node.mspId()).tlsCaFile(), client, null);
    }

    private Readiness readiness() {
        return new Readiness(runner, plan, config.patience());
    }

    /**
     * Brings a chaincode onto a channel, or a new version of it: installs the package on every peer, has every organisation
     * approve it, commits the terms if they are new, and waits until every peer knows that every other can run it.
     *
     * @param ports of each peer's own server on this machine, by peer id such as {@code peer0.AuditMSP}
     */
    public void deploy(String channel, ChaincodePackage chaincode, ChaincodeTerms terms, Map<String, Integer> ports) {
        for (Node node : plan.peers()) {
            Integer port = ports.get(node.id());
            if (port == null) {
                throw new IllegalArgumentException("no chaincode server for " + node.id());
            }
            ServiceBuilder.serverOf(
                    members.folder(node).resolve("builder"), chaincode.label(), runner.chaincodeServer(port));
        }
        Lifecycle lifecycle = new Lifecycle(transactions(channel), List.copyOf(peers.values()));
        lifecycle.install(chaincode);
        long sequence = lifecycle.agree(terms, chaincode.id());
        readiness().awaitMembers(channel, peers.values(), terms.name() + ":" + sequence);
        steps.done("chaincode " + terms.name() + " " + terms.version() + " on " + channel + ", sequence " + sequence);
    }

    /**
     * Updates a channel's configuration, as {@code peer channel update} does. Returns when every peer follows it.
     *
     * @param change from the channel's group to the changed one, see {@code ConfigEdits}
     * @param signers MSP ids of the organisations whose administrators sign, at least one; the orderers' is {@code OrdererMSP}
     * @throws NetworkException in the orderer's words, if the modification policies want others, or the change is impossible
     */
    public void update(String channel, UnaryOperator<ConfigGroup> change, List<String> signers) {
        update(channel, change, signers, startedOrderer());
    }

    private void update(String channel, UnaryOperator<ConfigGroup> change, List<String> signers, OrdererClient client) {
        PeerClient first = peers.values().iterator().next();
        Config before = first.configuration(channel);
        ConfigUpdateEnvelope update = UpdateWriter.unsigned(
                ConfigDelta.between(channel, before.getChannelGroup(), change.apply(before.getChannelGroup())));
        for (String mspId : signers) {
            update = UpdateWriter.signed(update, administrator(mspId));
        }
        client.broadcast(UpdateWriter.envelope(channel, update, administrator(signers.getFirst())), config.patience());
        peers.values().forEach(peer -> readiness().awaitConfiguration(peer, channel, before.getSequence() + 1));
    }

    private io.clearmarket.network.embedded.msp.SigningIdentity administrator(String mspId) {
        return io.clearmarket.network.embedded.msp.SigningIdentity.of(members.administrator(mspId));
    }

    private ChannelTransactions transactions(String channel) {
        return new ChannelTransactions(channel, startedOrderer(), peers.values(), config.patience());
    }

    private OrdererClient startedOrderer() {
        OrdererClient started = orderer;
        if (started == null) {
            throw new IllegalStateException("the orderers have not been started");
        }
        return started;
    }

    public FabricConfig config() {
        return config;
    }

    /** What runs, such as {@code Fabric v3.1.5}. */
    public String version() {
        return runner.version();
    }

    /** The peers' ids, in the organisations' order. */
    public List<String> peerIds() {
        return plan.peers().stream().map(Node::id).toList();
    }

    /** The port that a network keeps for each peer's own server of its chaincode, by peer id. */
    public Map<String, Integer> chaincodePorts() {
        return plan.peers().stream().collect(Collectors.toMap(Node::id, Node::chaincodePort));
    }

    /** An organisation and its first peer. */
    public Organization organization(String mspId) {
        OrganizationFolder folder = members.organization(mspId);
        return new Organization(
                mspId, node(mspId).address(), folder.tlsCaCertificate(), folder.tlsCaFile(), folder.mspDirectory());
    }

    private Node node(String mspId) {
        return plan.peers().stream()
                .filter(peer -> peer.mspId().equals(mspId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no organisation " + mspId));
    }

    /** {@code host:port} of the first orderer. */
    public String ordererAddress() {
        return plan.orderers().getFirst().address();
    }

    /** An organisation's authority, the orderers' included. */
    public DevelopmentCa ca(String mspId) {
        return members.organization(mspId).ca();
    }

    /** Ends an organisation's first peer. */
    public void stopPeer(String mspId) {
        runner.stop(node(mspId));
    }

    /** Starts it again; returns when all peers know of each other. */
    public void startPeer(String mspId) {
        runner.start(node(mspId));
        readiness().awaitHealthy(node(mspId));
        config.channels().forEach(channel -> readiness().awaitMembers(channel, peers.values(), ""));
    }

    /** Ends all orderers. */
    public void stopOrderers() {
        stopOrderers(plan.orderers().size());
    }

    /** Ends so many of the orderers, the last ones first; returns when the others, if they are the most, have a leader. */
    public void stopOrderers(int number) {
        int all = plan.orderers().size();
        plan.orderers().reversed().stream().limit(number).forEach(runner::stop);
        if (all - number > all / 2) {
            config.channels().forEach(channel -> readiness().awaitLeader(channel));
        }
    }

    /** Starts them again; returns when they have a leader and every peer's gateway reaches one. */
    public void startOrderers() {
        plan.orderers().forEach(runner::start);
        plan.orderers().forEach(readiness()::awaitHealthy);
        config.channels().forEach(this::awaitOrderers);
    }

    /**
     * Gives an orderer another TLS key and certificate while the others go on: tells every channel, then starts the orderer
     * with them. Returns when it takes part again. Cut off, it is completed by the next start.
     *
     * @param number of the orderer, from 0
     */
    public void renewOrdererTls(int number) {
        Node node = plan.orderers().get(number);
        members.issueTls(node, runner.hostNames(node));
        config.channels()
                .forEach(channel -> tellTls(channel, node, plan.orderers().size()));
        runner.stop(node);
        runner.start(node);
        readiness().awaitHealthy(node);
        config.channels().forEach(this::awaitOrderers);
    }

    /** @throws NetworkException naming the node that ended, and what its log tells */
    public void requireAlive() {
        plan.nodes().forEach(runner::requireAlive);
    }

    /** Ends every node. */
    @Override
    public void close() {
        List<AutoCloseable> connections = new ArrayList<>(peers.values());
        if (orderer != null) {
            connections.add(orderer);
        }
        peers.clear();
        try {
            for (AutoCloseable connection : connections) {
                connection.close();
            }
        } catch (Exception e) {
            throw new NetworkException("a connection cannot be closed: " + e.getMessage(), e);
        } finally {
            runner.close();
        }
    }
}
