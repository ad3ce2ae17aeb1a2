package io.clearmarket.gateway.fabric;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has so many proposals endorsed at a time, the others in the order in which they came. Peers that are asked for many at once work at all of them, and hardly
 * one is through before all are: the first transaction, which starts the orderer's timer for a block, comes late.
 */
final class EndorsementPlaces {
    private final int places;
    private final Duration patience;
    private final Semaphore free;

    /** @param patience how long to wait for a place */
    EndorsementPlaces(int places, Duration patience) {
        this.places = places;
        this.patience = patience;
        this.free = new Semaphore(places, true);
    }

    /**
     * What {@code endorsing} gives, once there is a place for it.
     *
     * @throws LedgerFailure.Unavailable if none became free in time
     */
    <T> T take(Supplier<T> endorsing) {
        enter();
        try {
            return endorsing.get();
        } finally {
            free.release();
        }
    }

    private void enter() {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LedgerFailure.Unavailable(
                        "the proposal's turn did not come within " + patience.toSeconds() + " s: " + places
                                + " are endorsed at a time (clearmarket.endorsed-at-once)",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerFailure.Unavailable("interrupted before the proposal was sent", e);
        }
    }
}
