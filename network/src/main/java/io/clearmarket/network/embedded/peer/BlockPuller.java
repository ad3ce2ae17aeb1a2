package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.faults.PeerFaults;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.orderer.OrdererNode;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hyperledger.fabric.protos.common.Block;

/** Takes block after block from the orderer and commits each to one peer's ledger, on a thread of its own. */
final class BlockPuller implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BlockPuller.class.getName());

    private static final long STALLED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String mspId;
    private final OrdererNode orderer;
    private final PeerLedger ledger;
    private final PeerFaults faults;
    private final Thread thread;
    private volatile boolean closed;

    BlockPuller(String mspId, OrdererNode orderer, PeerLedger ledger, PeerFaults faults) {
        this.faults = faults;
        this.mspId = mspId;
        this.orderer = orderer;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform()
                .name("committer-" + mspId + "-" + ledger.channel())
                .daemon()
                .start(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                Optional<Block> next = orderer.awaitBlock(ledger.channel(), ledger.height(), () -> !closed);
                while (faults.blocksStalled() && !closed) {
                    LockSupport.parkNanos(STALLED_PAUSE_NANOS);
                }
                if (next.isEmpty() || closed) {
                    return;
                }
                ledger.commit(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the peer of " + mspId + " stops committing at block " + ledger.height(), e);
        }
    }

    /** Ends after the block at hand. */
    @Override
    public void close() {
        closed = true;
        orderer.wakeUp();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
