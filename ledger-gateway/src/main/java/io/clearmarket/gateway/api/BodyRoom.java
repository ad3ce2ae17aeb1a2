package io.clearmarket.gateway.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Room in memory for long bodies, over all requests: what finds none waits for others to be served. Short bodies need none. */
final class BodyRoom {
    /** In bytes; nearly all commands are shorter. */
    static final int SHORT = 64 * 1024;

    private static final int KIB = 1024;

    private final int kib;
    private final Duration patience;
    private final Semaphore free;

    /**
     * @param bytes of all long bodies together; a longer body has to have all of it
     * @param patience how long to wait for room
     */
    BodyRoom(long bytes, Duration patience) {
        this.kib = Math.toIntExact(Math.ceilDiv(bytes, KIB));
        this.patience = patience;
        this.free = new Semaphore(kib, true);
    }

    /** Where one request's body is to be, empty at first. */
    Place place() {
        return new Place();
    }

    /** Of one request, whose thread alone uses it. */
    final class Place {
        private int taken;

        private Place() {}

        /** Takes room for a body; false if there was none in time. */
        boolean enter(long bytes) {
            if (bytes <= SHORT || taken > 0) {
                return true;
            }
            int wanted = (int) Math.min(kib, Math.ceilDiv(bytes, KIB));
            try {
                if (!free.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            taken = wanted;
            return true;
        }

        /** Gives back what was taken, once the request has been served. */
        void leave() {
            free.release(taken);
            taken = 0;
        }
    }
}
