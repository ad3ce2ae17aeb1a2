package io.clearmarket.gateway.events;

import io.clearmarket.gateway.fabric.LedgerBlock;

/**
 * Is told of a block once every projection of it has committed: a wake-up for those who then look into the tables. It may
 * be lost in a crash, so nobody may rely on it alone.
 */
@FunctionalInterface
public interface CommittedBlockListener {
    /** Must return soon; what it throws is logged and ignored. */
    void committed(LedgerBlock block);
}
