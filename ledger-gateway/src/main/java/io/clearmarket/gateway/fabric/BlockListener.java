package io.clearmarket.gateway.fabric;

/** Is told of each block once it has been committed. */
@FunctionalInterface
public interface BlockListener {
    /**
     * Called with one block at a time, in order. If it throws, the same block is offered again after a pause, so it must
     * leave nothing half done.
     */
    void onBlock(LedgerBlock block) throws Exception;
}
