package io.clearmarket.gateway.fabric;

import java.util.List;

/** Is told which transactions each block settled. */
@FunctionalInterface
public interface CommitListener {
    /** As {@link BlockListener#onBlock}. */
    void onCommits(long block, List<Commit> commits) throws Exception;

    /**
     * What became of a transaction.
     *
     * @param transactionId its id
     * @param index its place in the block
     * @param valid true if its writes took effect
     * @param code Fabric's validation code
     */
    record Commit(String transactionId, int index, boolean valid, String code) {}
}
