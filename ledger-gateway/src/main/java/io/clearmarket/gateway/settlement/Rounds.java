package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.fabric.LedgerFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs rounds of one kind, one after the other, and says how long to pause after each: longer while they fail. */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final int UNHEALTHY = 5;

    /** Short enough that nothing waits longer than half a minute once what went wrong has ended. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final Duration interval;
    private final BooleanSupplier round;
    private Duration pause;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param interval the pause after a round that did not fail
     * @param round true if there may be more to do at once
     */
    Rounds(String name, Duration interval, BooleanSupplier round) {
        this.name = name;
        this.interval = interval;
        this.round = round;
        this.pause = interval;
    }

    String name() {
        return name;
    }

    /** Runs one; how long to pause before the next. */
    Duration next() {
        try {
            boolean more = round.getAsBoolean();
            pause = interval;
            failures.set(0);
            return more ? Duration.ZERO : interval;
        } catch (ChainException.Unavailable | LedgerFailure e) {
            LOG.warn("Settlement waits: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("A round of settlement failed", e);
            failures.incrementAndGet();
        }
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        return pause;
    }

    /** True if they keep failing for a reason that waiting does not cure. */
    boolean isFailing() {
        return failures.get() >= UNHEALTHY;
    }
}
