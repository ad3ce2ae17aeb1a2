package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.orderer.Orderer;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;

/** Takes block after block from the orderer and commits each to one peer's ledger, on a thread of its own. */
final class BlockPuller implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BlockPuller.class.getName());

    private final String mspId;
    private final Orderer orderer;
    private final PeerLedger ledger;
    private final Thread thread;
    private volatile boolean closed;

    BlockPuller(String mspId, Orderer orderer, PeerLedger ledger) {
        this.mspId = mspId;
        this.orderer = orderer;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("committer-" + mspId).daemon().start(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                Optional<Block> next = orderer.awaitBlock(ledger.height());
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

    /** To be called after the orderer is closed, which ends the wait for a block. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
