package io.clearmarket.network.embedded;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PrivateDataLedger.SetId;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.network.embedded.peer.PeerHost;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeServer;
import io.clearmarket.network.embedded.peer.endorser.Outcome;
import io.clearmarket.network.embedded.peer.gateway.EndorserNode;
import io.clearmarket.network.embedded.peer.privatedata.PrivateDataPeer;
import io.clearmarket.network.embedded.server.NodeServer;
import io.grpc.BindableService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jspecify.annotations.Nullable;

/** A peer's place in the network: a running peer, or nobody until it is started again on the same ledgers and port. */
final class PeerNode implements AutoCloseable {
    /** Opens the door of a running peer. */
    @FunctionalInterface
    interface Door {
        /** @param port 0 for any free one */
        NodeServer open(List<BindableService> services, int port) throws IOException;
    }

    private final PeerId id;
    private final ByteString identity;
    private final Supplier<PeerHost> opening;
    private final Door door;
    private final Map<String, List<ChaincodeServer>> installed = new ConcurrentHashMap<>();
    private int port;
    private volatile String address = "";
    private volatile @Nullable PeerHost running;

    /** @param opening opens all its ledgers and begins to commit */
    PeerNode(PeerId id, ByteString identity, int port, Supplier<PeerHost> opening, Door door) {
        this.id = id;
        this.identity = identity;
        this.port = port;
        this.opening = opening;
        this.door = door;
    }

    PeerId id() {
        return id;
    }

    /** Opens the ledgers and begins to commit. */
    void start() {
        if (running == null) {
            PeerHost host = opening.get();
            installed.forEach(
                    (channel, chaincodes) -> host.find(channel).ifPresent(peer -> chaincodes.forEach(peer::install)));
            running = host;
        }
    }

    /** Gives the peer a chaincode's server on a channel, for as long as the network runs. */
    void install(String channel, ChaincodeServer chaincode) {
        installed
                .computeIfAbsent(channel, first -> new CopyOnWriteArrayList<>())
                .add(chaincode);
        find(channel).ifPresent(peer -> peer.install(chaincode));
    }

    /**
     * Opens the door, after {@link #start}.
     *
     * @param others on each channel that it is on
     */
    void listen(Function<String, List<OnChannel>> others) throws IOException {
        PeerHost host = running;
        if (host == null) {
            throw new IllegalStateException(id + " is stopped");
        }
        host.peers().forEach(peer -> peer.join(others.apply(peer.ledger().channel())));
        NodeServer server = door.open(host.services(), port);
        host.serveOn(server);
        address = server.address();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Ends calls, commits no more, closes the ledgers. */
    void stop() {
        PeerHost host = running;
        running = null;
        if (host != null) {
            host.close();
        }
    }

    boolean isRunning() {
        return running != null;
    }

    /** {@code host:port}, also while it is stopped. */
    String address() {
        return address;
    }

    /** Empty while it is stopped, or if it is not on the channel. */
    Optional<Peer> find(String channel) {
        PeerHost host = running;
        return host == null ? Optional.empty() : host.find(channel);
    }

    /** @throws IllegalStateException while it is stopped */
    Peer on(String channel) {
        return find(channel)
                .orElseThrow(() ->
                        new IllegalStateException(id + " is stopped" + (isRunning() ? " on channel " + channel : "")));
    }

    /** On each channel; nothing while it is stopped. */
    List<Peer> peers() {
        PeerHost host = running;
        return host == null ? List.of() : List.copyOf(host.peers());
    }

    @Override
    public void close() {
        stop();
    }

    /** A peer as the others of one channel see it. */
    record OnChannel(PeerNode node, String channel) implements EndorserNode, PrivateDataPeer {
        @Override
        public String mspId() {
            return node.id.mspId();
        }

        @Override
        public String address() {
            return node.address;
        }

        /** Nothing while it is stopped: the others have noticed that it is gone. */
        @Override
        public boolean has(String chaincode) {
            return node.find(channel).filter(peer -> peer.has(chaincode)).isPresent();
        }

        @Override
        public Optional<org.hyperledger.fabric.protos.discovery.Peer> description() {
            return node.find(channel).flatMap(Peer::description);
        }

        @Override
        public Outcome process(SignedProposal proposal) {
            return node.find(channel)
                    .map(peer -> peer.process(proposal))
                    .orElseGet(() -> new Outcome.Unanswered(
                            "connection error: desc = \"transport: Error while dialing: dial tcp " + node.address
                                    + ": connect: connection refused\""));
        }

        @Override
        public ByteString identity() {
            return node.identity;
        }

        @Override
        public void takeOver(String transactionId, TxPvtReadWriteSet plaintext) {
            node.on(channel).takeOver(transactionId, plaintext);
        }

        @Override
        public Optional<ByteString> give(SetId set, ByteString asker) {
            return node.find(channel).flatMap(peer -> peer.give(set, asker));
        }
    }
}
