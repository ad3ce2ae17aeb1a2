package io.clearmarket.gateway.submission;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a block to tell. */
final class Waiting {
    private Waiting() {}

    /** The outcome, or {@link Outcome.Unknown} if it does not come in time. */
    static Outcome on(Pending pending, Duration wait) {
        try {
            return pending.outcome().get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Outcome.Unknown(pending.transactionId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown(pending.transactionId());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome that failed", e);
        }
    }
}
