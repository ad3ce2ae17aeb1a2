package io.clearmarket.gateway.chain;

/** Told between the persistence points of a send, so that a test can stop the process there. */
@FunctionalInterface
public interface SendProbe {
    /** The node has the transactions, and nothing remembers that they were sent. */
    void sentNotMarked();

    /** A transaction of a higher price is committed in place of another, and not sent. */
    default void repricedNotSent() {
        // as a rule goes on
    }
}
