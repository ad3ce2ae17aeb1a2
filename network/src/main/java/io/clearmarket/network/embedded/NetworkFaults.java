package io.clearmarket.network.embedded;

import io.clearmarket.network.embedded.faults.FillingDisk;
import io.clearmarket.network.embedded.faults.HalfWritten;
import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.faults.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Faults on demand, for tests of what a client makes of them. The client needs no change: it sees what it would see of a real
 * network that fails so. Which calls a share hits is decided by a {@link #seed}: a test that makes the same calls in the same order meets
 * the same faults. A peer is named as in {@link EmbeddedNetwork}: by its MSP id, or {@code <MSP id>/peer1}.
 *
 * <pre>{@code
 * network.faults().dropCommitStatus("Org1MSP", 1.0);   // submitted, and nobody says what became of it
 * network.faults().stopPeer("Org2MSP");                // later startPeer: it catches up
 * }</pre>
 */
public final class NetworkFaults implements AutoCloseable {
    private final RunningNodes nodes;
    private final List<Relay> relays = new ArrayList<>();

    NetworkFaults(RunningNodes nodes) {
        this.nodes = nodes;
    }

    /** Decides which calls are hit from now on. */
    public void seed(long seed) {
        nodes.peerIds().forEach(id -> nodes.faults(id).seed(seed ^ id.key().hashCode()));
    }

    /** Ends a peer; the others go on. */
    public void stopPeer(String peer) {
        nodes.peerNode(PeerId.of(peer)).stop();
    }

    /** Starts it again on its ledgers and port; it catches up with the orderer by itself. */
    public void startPeer(String peer) {
        nodes.startPeer(PeerId.of(peer));
    }

    /** Ends the orderer: submitting fails, evaluating and reading blocks goes on. What was only queued is lost. */
    public void stopOrderer() {
        nodes.stopOrderer();
    }

    public void startOrderer() {
        nodes.startOrderer();
    }

    /** A share of the commit statuses asked of this peer comes late, each by a random time up to this. */
    public void delayCommitStatus(String peer, double share, Duration atMost) {
        faults(peer).delayCommitStatus(share, atMost);
    }

    /** A share of the commit statuses asked of this peer never comes. */
    public void dropCommitStatus(String peer, double share) {
        faults(peer).dropCommitStatus(share);
    }

    /** The peer gets no more blocks: it answers from an old state, and its streams are silent. */
    public void stallBlocks(String peer) {
        faults(peer).stallBlocks(true);
    }

    /** It gets blocks again, first those that it missed. */
    public void resumeBlocks(String peer) {
        faults(peer).stallBlocks(false);
    }

    /** The peer's endorsements differ from all others until {@link #clear}. */
    public void differInEndorsements(String peer) {
        faults(peer).differInEndorsements(true);
    }

    /**
     * Has something done when the next transaction reaches the orderer, before it is taken in. A rival that commits a change to
     * what that transaction has read makes it end in a conflict, always.
     */
    public void beforeNextOrdered(Runnable rival) {
        nodes.ordererNode().beforeNextEnvelope(rival);
    }

    /** The peer's disk takes this many more bytes, then it is full. The peer stops committing; start it again after {@link #clear}. */
    public void fillDisk(String peer, long bytesLeft) {
        faults(peer).guardWrites(new FillingDisk(bytesLeft));
    }

    /**
     * Kills this process, as {@code kill -9} does, when the peer is half through writing a block.
     *
     * @param block its number
     */
    public void killProcessAtBlock(String peer, long block) {
        faults(peer).guardWrites(new HalfWritten(block));
    }

    /** A relay in front of the peer, closed with the network: dial its address and cut it. */
    public Relay relay(String peer) {
        Relay relay = Relay.to(nodes.peerNode(PeerId.of(peer)).address());
        relays.add(relay);
        return relay;
    }

    /** Every peer is well again. Stopped nodes stay stopped. */
    public void clear() {
        nodes.peerIds().forEach(id -> nodes.faults(id).clear());
    }

    private PeerFaults faults(String peer) {
        return nodes.faults(PeerId.of(peer));
    }

    @Override
    public void close() {
        clear();
        relays.forEach(Relay::close);
    }
}
