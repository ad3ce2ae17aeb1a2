package io.clearmarket.gateway.events;

import io.clearmarket.gateway.fabric.LedgerBlock;

/**
 * Something derived from blocks. A bean of this type is fed every block once, in order, from block 0 on; what it writes
 * and the feed's position commit in one database transaction.
 */
public interface BlockProjection {
    /** Applies one block, inside the feed's transaction. */
    void apply(LedgerBlock block);

    /**
     * Forgets all that was derived, because every block comes again. What must not happen twice (a message already sent)
     * is kept, and {@link #apply} recognises it.
     */
    void reset();
}
