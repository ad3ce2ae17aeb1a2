package io.clearmarket.gateway.events;

import java.time.Duration;

/**
 * How long a stream has told its reader nothing. After some time of that the reader, and whatever lies between and cuts off what is silent, are to hear that it is
 * still there, however much others are told meanwhile; and a reader who has gone is noticed. For one thread.
 */
public final class Silence {
    private final Duration longest;
    private long since = System.nanoTime();

    /** Begins now. */
    public Silence(Duration longest) {
        this.longest = longest;
    }

    /** Something was told just now. */
    public void broken() {
        since = System.nanoTime();
    }

    /** How much longer it may last; zero from then on. */
    public Duration left() {
        Duration left = longest.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** True if it has lasted as long as it may. */
    public boolean isTooLong() {
        return left().isZero();
    }
}
