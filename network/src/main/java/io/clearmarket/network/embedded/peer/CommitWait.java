package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.ledger.TransactionLocation;
import java.util.concurrent.CompletableFuture;

/** A call's wait for one transaction; close it to stop waiting. */
public final class CommitWait implements AutoCloseable {
    private final CompletableFuture<TransactionLocation> location = new CompletableFuture<>();
    private final CommitTracker tracker;
    private final String transactionId;

    CommitWait(CommitTracker tracker, String transactionId) {
        this.tracker = tracker;
        this.transactionId = transactionId;
    }

    String transactionId() {
        return transactionId;
    }

    /** Completes with the first occurrence of the transaction; is cancelled when the peer stops. */
    public CompletableFuture<TransactionLocation> location() {
        return location;
    }

    @Override
    public void close() {
        tracker.forget(this);
    }
}
