package io.clearmarket.network.embedded.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a wake-up before the wait is not lost, several count as one. */
public final class WakeUp {
    private final Semaphore permits = new Semaphore(0);

    public void raise() {
        permits.release();
    }

    /** Returns after the next {@link #raise}, at once if there was one since the last return. */
    public void await() throws InterruptedException {
        permits.acquire();
        permits.drainPermits();
    }

    /** The same, but returns after so many nanoseconds at the latest. */
    public void await(long nanos) throws InterruptedException {
        if (permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            permits.drainPermits();
        }
    }
}
