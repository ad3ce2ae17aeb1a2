package io.clearmarket.gateway.fabric;

/** Committed blocks of an organisation's own peer, from any block on and then as they come. */
public interface BlockStream {
    /**
     * Starts to follow. Reconnects by itself, with growing pauses; every block's data hash and its link to the block before
     * are verified, and a block that breaks the chain is never handed on.
     *
     * @param mspId whose peer to read from
     * @param fromBlock the first block wanted; it may lie in the future
     * @param listener called on a thread of its own
     */
    Subscription follow(String mspId, long fromBlock, BlockListener listener);

    /**
     * The same for a reader that only wants to know which transactions were committed, at a fraction of the cost. Nothing
     * is verified: the peer's word is taken, as with any commit status.
     */
    Subscription followCommits(String mspId, long fromBlock, CommitListener listener);

    /** A running subscription. */
    interface Subscription extends AutoCloseable {
        /** Stops it and waits until no call of the listener is running. */
        @Override
        void close();
    }
}
