package io.clearmarket.network.embedded;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.PrivateDataLedger.SetId;
import io.clearmarket.network.embedded.peer.Peer;
import io.clearmarket.network.embedded.peer.chaincode.ChaincodeServer;
import io.clearmarket.network.embedded.peer.endorser.Outcome;
import io.clearmarket.network.embedded.peer.gateway.EndorserNode;
import io.clearmarket.network.embedded.peer.privatedata.PrivateDataPeer;
import io.clearmarket.network.embedded.server.NodeServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jspecify.annotations.Nullable;

/** A peer's place in the network: a running peer, or nobody until it is started again on the same ledger and port. */
final class PeerNode implements EndorserNode, PrivateDataPeer, AutoCloseable {
    /** Opens the door of a running peer. */
    @FunctionalInterface
    interface Door {
        /** @param port 0 for any free one */
        NodeServer open(Peer peer, int port) throws IOException;
    }

    private final ByteString identity;
    private final String mspId;
    private final Supplier<Peer> opening;
    private final Door door;
    private final List<ChaincodeServer> installed = new CopyOnWriteArrayList<>();
    private int port;
    private volatile String address = "";
    private volatile @Nullable Peer running;

    PeerNode(ByteString identity, String mspId, int port, Supplier<Peer> opening, Door door) {
        this.identity = identity;
        this.mspId = mspId;
        this.port = port;
        this.opening = opening;
        this.door = door;
    }

    /** Opens the ledger and begins to commit. */
    void start() {
        if (running == null) {
            Peer peer = opening.get();
            installed.forEach(peer::install);
            running = peer;
        }
    }

    /** Gives the peer a chaincode's server, for as long as the network runs. */
    void install(ChaincodeServer chaincode) {
        installed.add(chaincode);
        Peer peer = running;
        if (peer != null) {
            peer.install(chaincode);
        }
    }

    /** Opens the door, after {@link #start}. */
    void listen(List<PeerNode> others) throws IOException {
        Peer peer = peer();
        peer.join(others);
        NodeServer server = door.open(peer, port);
        peer.serveOn(server);
        address = server.address();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Ends calls, commits no more, closes the ledger. */
    void stop() {
        Peer peer = running;
        running = null;
        if (peer != null) {
            peer.close();
        }
    }

    boolean isRunning() {
        return running != null;
    }

    /** @throws IllegalStateException while it is stopped */
    Peer peer() {
        Peer peer = running;
        if (peer == null) {
            throw new IllegalStateException("the peer of " + mspId + " is stopped");
        }
        return peer;
    }

    @Override
    public String mspId() {
        return mspId;
    }

    @Override
    public String address() {
        return address;
    }

    /** Nothing while it is stopped: the others have noticed that it is gone. */
    @Override
    public boolean has(String chaincode) {
        Peer peer = running;
        return peer != null && peer.has(chaincode);
    }

    @Override
    public Outcome process(SignedProposal proposal) {
        Peer peer = running;
        return peer == null
                ? new Outcome.Unanswered("connection error: desc = \"transport: Error while dialing: dial tcp "
                        + address + ": connect: connection refused\"")
                : peer.process(proposal);
    }

    @Override
    public ByteString identity() {
        return identity;
    }

    @Override
    public void takeOver(String transactionId, TxPvtReadWriteSet plaintext) {
        peer().takeOver(transactionId, plaintext);
    }

    @Override
    public Optional<ByteString> give(SetId id, ByteString asker) {
        Peer peer = running;
        return peer == null ? Optional.empty() : peer.give(id, asker);
    }

    @Override
    public void close() {
        stop();
    }
}
