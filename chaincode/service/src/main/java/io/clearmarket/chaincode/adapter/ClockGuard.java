package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.RefusalCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A client chooses its transaction's timestamp; this endorser accepts it only near its own clock. The clock decides nothing
 * else and never reaches a record, so endorsers with different clocks still answer alike or refuse.
 */
final class ClockGuard {
    static final Duration BEHIND = Duration.ofMinutes(10);
    static final Duration AHEAD = Duration.ofSeconds(30);

    private final Clock clock;

    ClockGuard(Clock clock) {
        this.clock = clock;
    }

    void require(Instant timestamp) {
        Instant here = clock.instant();
        if (timestamp.isBefore(here.minus(BEHIND)) || timestamp.isAfter(here.plus(AHEAD))) {
            throw new RequestRefused(
                    RefusalCode.TIMESTAMP_OUTSIDE_GUARD,
                    "the transaction's timestamp " + timestamp
                            + " is more than 10 minutes behind or 30 seconds ahead of" + " this endorser's clock");
        }
    }
}
