package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.FileLedger;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.orderer.BatchLimits;
import io.clearmarket.network.embedded.orderer.Orderer;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import io.clearmarket.network.embedded.orderer.OrdererService;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeServer;
import io.clearmarket.network.embedded.policy.ChannelPolicies;
import io.clearmarket.network.embedded.policy.Policy;
import io.clearmarket.network.embedded.server.NodeServer;
import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/** The nodes of a network, started together and closed in the order that leaves nothing half done. */
final class RunningNodes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunningNodes.class.getName());
    private static final String WRITERS = "/Channel/Writers";
    private static final String READERS = "/Channel/Readers";

    private final NetworkConfig config;
    private final Map<String, OrganizationFolder> folders;
    private final Map<String, PeerNode> peers = new LinkedHashMap<>();
    private final Map<String, PeerFaults> faults = new LinkedHashMap<>();
    private @Nullable OrdererNode orderer;

    private RunningNodes(NetworkConfig config, Map<String, OrganizationFolder> folders) {
        this.config = config;
        this.folders = folders;
    }

    static RunningNodes start(NetworkConfig config, Map<String, OrganizationFolder> folders) {
        RunningNodes nodes = new RunningNodes(config, folders);
        try {
            Block founding = FoundingBlock.open(config, folders);
            nodes.makeOrderer(founding);
            nodes.makePeers(founding);
            nodes.ordererNode().start();
            nodes.peers.values().forEach(PeerNode::start);
            nodes.ordererNode().listen();
            for (PeerNode peer : nodes.peers.values()) {
                peer.listen(nodes.othersThan(peer));
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

    private OrdererService ordererService(Orderer running) {
        Block founding = running.block(0).orElseThrow();
        ChannelMsps msps = ChannelMsps.fromConfig(founding);
        return new OrdererService(
                running, config.channel(), msps, policy(ChannelPolicies.fromConfig(founding, msps), READERS));
    }

    private static Policy policy(ChannelPolicies policies, String path) {
        return policies.at(path).orElseThrow(() -> new IllegalStateException("block 0 has no policy " + path));
    }

    private void makeOrderer(Block founding) {
        ChannelMsps msps = ChannelMsps.fromConfig(founding);
        NetworkConfig.Batch batch = config.batch();
        Orderer.Settings settings = new Orderer.Settings(
                config.channel(),
                msps,
                policy(ChannelPolicies.fromConfig(founding, msps), WRITERS),
                new BatchLimits(batch.maxMessages(), batch.absoluteBytes(), batch.preferredBytes()),
                batch.timeout(),
                folder(NetworkConfig.ORDERER_MSP).node());
        orderer = new OrdererNode(
                NetworkConfig.ORDERER_MSP,
                () -> Orderer.open(NetworkFolders.orderer(config), founding, settings),
                (running, port) -> listen(
                        NetworkConfig.ORDERER_MSP,
                        "the orderer",
                        port == 0 ? config.ordererPort() : port,
                        List.of(ordererService(running))));
    }

    private void makePeers(Block founding) {
        config.peerPorts().forEach((mspId, port) -> {
            PeerFaults wrong = new PeerFaults();
            faults.put(mspId, wrong);
            peers.put(
                    mspId,
                    new PeerNode(
                            folder(mspId).node().serialized(),
                            mspId,
                            port,
                            () -> open(mspId, founding, wrong),
                            (peer, at) -> listen(mspId, "the peer of " + mspId, at, peer.services())));
        });
    }

    private Peer open(String mspId, Block founding, PeerFaults wrong) {
        FileLedger ledger = FileLedger.open(
                NetworkFolders.ledger(config, mspId),
                founding,
                folder(mspId).node().serialized());
        Peer.Settings settings = new Peer.Settings(
                folder(mspId).node(),
                ledger.guarded(wrong.guard()),
                chaincodeServers(mspId),
                config.executeTimeout(),
                wrong);
        return new Peer(settings, ordererNode());
    }

    private List<ChaincodeServer> chaincodeServers(String mspId) {
        List<ChaincodeServer> servers = new ArrayList<>();
        config.chaincodes().forEach(chaincode -> chaincode.server(mspId).ifPresent(servers::add));
        return servers;
    }

    private List<PeerNode> othersThan(PeerNode peer) {
        return peers.values().stream().filter(other -> other != peer).toList();
    }

    private NodeServer listen(String mspId, String node, int port, List<BindableService> services) throws IOException {
        OrganizationFolder folder = folder(mspId);
        return NodeServer.start(
                node, config.host(), port, folder.serverCertificateFile(), folder.serverKeyFile(), services);
    }

    OrdererNode ordererNode() {
        return Objects.requireNonNull(orderer, "the orderer has not been made");
    }

    PeerNode peerNode(String mspId) {
        return Objects.requireNonNull(peers.get(mspId), () -> "no peer of " + mspId);
    }

    /** @throws IllegalStateException while it is stopped */
    Peer peer(String mspId) {
        return peerNode(mspId).peer();
    }

    /** Those that are running. */
    Collection<Peer> peers() {
        return peers.values().stream()
                .filter(PeerNode::isRunning)
                .map(PeerNode::peer)
                .toList();
    }

    List<String> mspIds() {
        return config.mspIds();
    }

    PeerFaults faults(String mspId) {
        return Objects.requireNonNull(faults.get(mspId), () -> "no peer of " + mspId);
    }

    void stopPeer(String mspId) {
        peerNode(mspId).stop();
    }

    void startPeer(String mspId) {
        PeerNode peer = peerNode(mspId);
        if (peer.isRunning()) {
            return;
        }
        try {
            peer.start();
            peer.listen(othersThan(peer));
        } catch (IOException e) {
            peer.stop();
            throw new NetworkException("the peer of " + mspId + " cannot start again: " + e.getMessage(), e);
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

    private OrganizationFolder folder(String mspId) {
        return Objects.requireNonNull(folders.get(mspId), () -> "no folder of " + mspId);
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
