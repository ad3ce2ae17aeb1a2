package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.ledger.FileLedger;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.orderer.BatchLimits;
import io.clearmarket.network.embedded.orderer.Orderer;
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
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private @Nullable Orderer orderer;
    private @Nullable NodeServer ordererServer;

    private RunningNodes(NetworkConfig config, Map<String, OrganizationFolder> folders) {
        this.config = config;
        this.folders = folders;
    }

    static RunningNodes start(NetworkConfig config, Map<String, OrganizationFolder> folders) {
        RunningNodes nodes = new RunningNodes(config, folders);
        try {
            Block founding = FoundingBlock.open(config, folders);
            nodes.startOrderer(founding);
            nodes.startPeers(founding);
            nodes.openDoors();
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

    private OrdererService ordererService() {
        Block founding = orderer().block(0).orElseThrow();
        ChannelMsps msps = ChannelMsps.fromConfig(founding);
        return new OrdererService(
                orderer(), config.channel(), msps, policy(ChannelPolicies.fromConfig(founding, msps), READERS));
    }

    private static Policy policy(ChannelPolicies policies, String path) {
        return policies.at(path).orElseThrow(() -> new IllegalStateException("block 0 has no policy " + path));
    }

    private void startOrderer(Block founding) throws IOException {
        ChannelMsps msps = ChannelMsps.fromConfig(founding);
        NetworkConfig.Batch batch = config.batch();
        Orderer.Settings settings = new Orderer.Settings(
                config.channel(),
                msps,
                policy(ChannelPolicies.fromConfig(founding, msps), WRITERS),
                new BatchLimits(batch.maxMessages(), batch.absoluteBytes(), batch.preferredBytes()),
                batch.timeout(),
                folder(NetworkConfig.ORDERER_MSP).node());
        orderer = Orderer.open(NetworkFolders.orderer(config), founding, settings);
    }

    private void startPeers(Block founding) {
        for (String mspId : config.mspIds()) {
            Peer.Settings settings = new Peer.Settings(
                    folder(mspId).node(),
                    FileLedger.open(
                            NetworkFolders.ledger(config, mspId),
                            founding,
                            folder(mspId).node().serialized()),
                    chaincodeServers(mspId),
                    config.executeTimeout());
            Peer peer = new Peer(settings, orderer());
            peers.put(mspId, peer);
        }
    }

    private List<ChaincodeServer> chaincodeServers(String mspId) {
        List<ChaincodeServer> servers = new ArrayList<>();
        config.chaincodes().forEach(chaincode -> chaincode.server(mspId).ifPresent(servers::add));
        return servers;
    }

    private void openDoors() throws IOException {
        ordererServer =
                listen(NetworkConfig.ORDERER_MSP, "the orderer", config.ordererPort(), List.of(ordererService()));
        for (Map.Entry<String, Integer> port : config.peerPorts().entrySet()) {
            Peer peer = peer(port.getKey());
            List<Peer> others =
                    peers.values().stream().filter(other -> other != peer).toList();
            peer.join(others);
            peer.serveOn(listen(port.getKey(), "the peer of " + port.getKey(), port.getValue(), peer.services()));
        }
    }

    private NodeServer listen(String mspId, String node, int port, List<BindableService> services) throws IOException {
        OrganizationFolder folder = folder(mspId);
        return NodeServer.start(
                node, config.host(), port, folder.serverCertificateFile(), folder.serverKeyFile(), services);
    }

    Orderer orderer() {
        return Objects.requireNonNull(orderer, "the orderer has not been started");
    }

    String ordererAddress() {
        return Objects.requireNonNull(ordererServer, "the orderer's server has not been started")
                .address();
    }

    Peer peer(String mspId) {
        return Objects.requireNonNull(peers.get(mspId), () -> "no peer of " + mspId);
    }

    Collection<Peer> peers() {
        return peers.values();
    }

    private OrganizationFolder folder(String mspId) {
        return Objects.requireNonNull(folders.get(mspId), () -> "no folder of " + mspId);
    }

    /** Orderer first, so that its end wakes the peers; each peer then finishes the block it is at. */
    @Override
    public void close() {
        if (ordererServer != null) {
            closeQuietly(ordererServer);
        }
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
