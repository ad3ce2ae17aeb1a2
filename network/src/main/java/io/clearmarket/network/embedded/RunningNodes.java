package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.FileLedger;
import io.clearmarket.network.embedded.orderer.Orderer;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import io.clearmarket.network.embedded.orderer.OrdererService;
import io.clearmarket.network.embedded.organization.NodeFolder;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.network.embedded.peer.PeerHost;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeServer;
import io.clearmarket.network.embedded.peer.chaincode.HostedChaincodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/** The nodes of a network, started together and closed in the order that leaves nothing half done. */
final class RunningNodes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunningNodes.class.getName());

    private final NetworkConfig config;
    private final NetworkFolders folders;
    private final Doors doors;
    private final Map<String, Block> foundings = new LinkedHashMap<>();
    private final Map<PeerId, PeerNode> peers = new LinkedHashMap<>();
    private final Map<PeerId, PeerFaults> faults = new LinkedHashMap<>();
    private final HostedChaincodes hosted = new HostedChaincodes();
    private @Nullable OrdererNode orderer;

    private RunningNodes(NetworkConfig config, NetworkFolders folders) {
        this.config = config;
        this.folders = folders;
        this.doors = new Doors(config, folders);
    }

    static RunningNodes start(NetworkConfig config, NetworkFolders folders) {
        RunningNodes nodes = new RunningNodes(config, folders);
        try {
            for (ChannelSettings channel : config.channels()) {
                nodes.foundings.put(channel.name(), FoundingBlock.open(config, channel, folders));
            }
            nodes.makeOrderer();
            config.peers().forEach(nodes::makePeer);
            nodes.ordererNode().start();
            nodes.peers.values().forEach(PeerNode::start);
            nodes.ordererNode().listen();
            for (PeerNode peer : nodes.peers.values()) {
                peer.listen(channel -> nodes.others(peer, channel));
            }
            return nodes;
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            nodes.close();
            throw new NetworkException(
                    "the network in " + config.dataDirectory() + " cannot start: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private Block founding(String channel) {
        return Objects.requireNonNull(foundings.get(channel), () -> "no channel " + channel);
    }

    private void makeOrderer() {
        orderer = new OrdererNode(
                NetworkConfig.ORDERER_MSP,
                List.copyOf(foundings.keySet()),
                this::openOrderer,
                (channels, port) -> doors.ofOrderer(port, new OrdererService(channels)));
    }

    private Orderer openOrderer(String channel) throws IOException {
        Orderer opened = Orderer.open(
                folders.orderer(channel), founding(channel), folders.orderer().identity());
        FoundingBlock.requireSame(config, config.channel(channel).orElseThrow(), founding(channel), opened.resources());
        return opened;
    }

    private void makePeer(PeerId id) {
        int port = config.organization(id.mspId()).orElseThrow().peerPorts().get(id.number());
        PeerFaults wrong = new PeerFaults();
        faults.put(id, wrong);
        peers.put(
                id,
                new PeerNode(
                        id,
                        folders.peer(id).identity().serialized(),
                        port,
                        () -> open(id, wrong),
                        (services, at) -> doors.ofPeer(id, at, services)));
    }

    private PeerHost open(PeerId id, PeerFaults wrong) {
        PeerHost host = new PeerHost(hosted, config.executeTimeout(), config.limits());
        try {
            for (ChannelSettings channel : config.channels()) {
                if (channel.mspIds().contains(id.mspId())) {
                    host.add(open(id, channel, host, wrong));
                }
            }
            return host;
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private Peer open(PeerId id, ChannelSettings channel, PeerHost host, PeerFaults wrong) {
        NodeFolder folder = folders.peer(id);
        FileLedger ledger = FileLedger.open(
                folders.ledger(channel.name(), id),
                founding(channel.name()),
                folder.identity().serialized());
        List<ChaincodeServer> servers = channel.chaincodes().stream()
                .flatMap(chaincode -> chaincode.server(id).stream())
                .toList();
        Peer.Settings settings = new Peer.Settings(folder.identity(), ledger.guarded(wrong.guard()), servers, wrong);
        return new Peer(settings, host, ordererNode());
    }

    private List<PeerNode.OnChannel> others(PeerNode peer, String channel) {
        Stream<PeerId> there = config.peers(config.channel(channel).orElseThrow()).stream();
        // a gateway prefers its own organisation's
        return there.filter(id -> !id.equals(peer.id()))
                .sorted(Comparator.comparing(
                        (PeerId id) -> !id.mspId().equals(peer.id().mspId())))
                .map(id -> new PeerNode.OnChannel(peerNode(id), channel))
                .toList();
    }

    HostedChaincodes hosted() {
        return hosted;
    }

    OrdererNode ordererNode() {
        return Objects.requireNonNull(orderer, "the orderer has not been made");
    }

    /** @throws IllegalStateException while it is stopped */
    Orderer orderer(String channel) {
        return ordererNode()
                .find(channel)
                .orElseThrow(() -> new IllegalStateException("the orderer of channel " + channel + " is stopped"));
    }

    PeerNode peerNode(PeerId id) {
        PeerNode peer = peers.get(id);
        if (peer == null) {
            throw new IllegalArgumentException("no " + id + " in this network, only "
                    + peers.keySet().stream().map(PeerId::key).toList());
        }
        return peer;
    }

    /** An organisation's first running peer on a channel. */
    Peer anyPeer(String channel, String mspId) {
        return peers.values().stream()
                .filter(node -> node.id().mspId().equals(mspId))
                .flatMap(node -> node.find(channel).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no peer of " + mspId + " runs on channel " + channel));
    }

    /** Those that are running, once for each of their channels. */
    List<Peer> peers() {
        return peers.values().stream().flatMap(node -> node.peers().stream()).toList();
    }

    /** Those that are running on a channel. */
    List<Peer> peers(String channel) {
        return peers.values().stream()
                .flatMap(node -> node.find(channel).stream())
                .toList();
    }

    Set<PeerId> peerIds() {
        return faults.keySet();
    }

    PeerFaults faults(PeerId id) {
        peerNode(id);
        return Objects.requireNonNull(faults.get(id));
    }

    void startPeer(PeerId id) {
        PeerNode peer = peerNode(id);
        if (peer.isRunning()) {
            return;
        }
        try {
            peer.start();
            peer.listen(channel -> others(peer, channel));
        } catch (IOException | UncheckedIOException e) {
            peer.stop();
            throw new NetworkException(id + " cannot start again: " + e.getMessage(), e);
        }
    }

    void stopOrderer() {
        closeQuietly(ordererNode()::stop);
    }

    void startOrderer() {
        try {
            ordererNode().start();
            ordererNode().listen();
        } catch (IOException e) {
            throw new NetworkException("the orderer cannot start again: " + e.getMessage(), e);
        }
    }

    /** Orderer first, so that its end wakes the peers; each peer then finishes the block it is at. */
    @Override
    public void close() {
        if (orderer != null) {
            closeQuietly(orderer);
        }
        peers.values().forEach(RunningNodes::closeQuietly);
        peers.clear();
    }

    /** One node that does not close must not keep the others open. */
    private static void closeQuietly(AutoCloseable node) {
        try {
            node.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a node did not close cleanly", e);
        }
    }
}
