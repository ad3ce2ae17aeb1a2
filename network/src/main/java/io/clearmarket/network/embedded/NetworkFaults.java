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
 * the same faults.
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
        nodes.mspIds().forEach(mspId -> faults(mspId).seed(seed ^ mspId.hashCode()));
    }

    /** Ends an organisation's peer; the others go on. */
    public void stopPeer(String mspId) {
        nodes.stopPeer(mspId);
    }

    /** Starts it again on its ledger and port; it catches up with the orderer by itself. */
    public void startPeer(String mspId) {
        nodes.startPeer(mspId);
    }

    /** Ends the orderer: submitting fails, evaluating and reading blocks goes on. What was only queued is lost. */
    public void stopOrderer() {
        nodes.stopOrderer();
    }

    public void startOrderer() {
        nodes.startOrderer();
    }

    /** A share of the commit statuses asked of this peer comes late, each by a random time up to this. */
    public void delayCommitStatus(String mspId, double share, Duration atMost) {
        faults(mspId).delayCommitStatus(share, atMost);
    }

    /** A share of the commit statuses asked of this peer never comes. */
    public void dropCommitStatus(String mspId, double share) {
        faults(mspId).dropCommitStatus(share);
    }

    /** The peer gets no more blocks: it answers from an old state, and its streams are silent. */
    public void stallBlocks(String mspId) {
        faults(mspId).stallBlocks(true);
    }

    /** It gets blocks again, first those that it missed. */
    public void resumeBlocks(String mspId) {
        faults(mspId).stallBlocks(false);
    }

    /** The organisation's endorsements differ from all others until {@link #clear}. */
    public void differInEndorsements(String mspId) {
        faults(mspId).differInEndorsements(true);
    }

    /**
     * Has something done when the next transaction reaches the orderer, before it is taken in. A rival that commits a change to
     * what that transaction has read makes it end in a conflict, always.
     */
    public void beforeNextOrdered(Runnable rival) {
        nodes.ordererNode().beforeNextEnvelope(rival);
    }

    /** The peer's disk takes this many more bytes, then it is full. The peer stops committing; start it again after {@link #clear}. */
    public void fillDisk(String mspId, long bytesLeft) {
        faults(mspId).guardWrites(new FillingDisk(bytesLeft));
    }

    /**
     * Kills this process, as {@code kill -9} does, when the peer is half through writing a block.
     *
     * @param block its number
     */
    public void killProcessAtBlock(String mspId, long block) {
        faults(mspId).guardWrites(new HalfWritten(block));
    }

    /** A relay in front of the organisation's peer, closed with the network: dial its address and cut it. */
    public Relay relay(String mspId) {
        Relay relay = Relay.to(nodes.peerNode(mspId).address());
        relays.add(relay);
        return relay;
    }

    /** Every peer is well again. Stopped nodes stay stopped. */
    public void clear() {
        nodes.mspIds().forEach(mspId -> faults(mspId).clear());
    }

    private PeerFaults faults(String mspId) {
        return nodes.faults(mspId);
    }

    @Override
    public void close() {
        clear();
        relays.forEach(Relay::close);
    }
}
