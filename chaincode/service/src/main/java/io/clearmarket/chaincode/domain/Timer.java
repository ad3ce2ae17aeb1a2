package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Terms;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The timers of a consignment. At most one runs at a time: starting one ends the others. */
public enum Timer {
    PAY_BY,
    SHIP_BY,
    DELIVER_BY,
    INSPECT_UNTIL,
    ARBITER_BY,
    APPEAL_UNTIL;

    /** A deadline counts as past only this long after it, so that no client's clock makes anything happen early. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** The instant it runs to, or null while it does not run. */
    @Nullable
    Instant of(Deadlines deadlines) {
        return switch (this) {
            case PAY_BY -> deadlines.payBy();
            case SHIP_BY -> deadlines.shipBy();
            case DELIVER_BY -> deadlines.deliverBy();
            case INSPECT_UNTIL -> deadlines.inspectUntil();
            case ARBITER_BY -> deadlines.arbiterBy();
            case APPEAL_UNTIL -> deadlines.appealUntil();
        };
    }

    /** Only this timer, running from now for as long as the terms say, and never past the stop date. */
    Deadlines startedAt(Instant now, Terms terms) {
        Instant stop = terms.stopDate();
        Instant until = this == PAY_BY ? terms.payBy() : now.plusSeconds(seconds(terms.timers()));
        Instant capped = until.isAfter(stop) ? stop : until;
        return new Deadlines(
                this == PAY_BY ? capped : null,
                this == SHIP_BY ? capped : null,
                this == DELIVER_BY ? capped : null,
                this == INSPECT_UNTIL ? capped : null,
                this == ARBITER_BY ? capped : null,
                this == APPEAL_UNTIL ? capped : null,
                stop);
    }

    /** No timer runs any more. */
    static Deadlines none(Instant stopDate) {
        return new Deadlines(null, null, null, null, null, null, stopDate);
    }

    private long seconds(Terms.Timers lengths) {
        return switch (this) {
            case PAY_BY -> throw new IllegalArgumentException("payBy is an instant of the terms");
            case SHIP_BY -> lengths.shipWithin();
            case DELIVER_BY -> lengths.deliverWithin();
            case INSPECT_UNTIL -> lengths.inspectWithin();
            case ARBITER_BY -> lengths.arbiterWithin();
            case APPEAL_UNTIL -> lengths.appealWithin();
        };
    }

    static boolean isPast(Instant deadline, Instant now) {
        return !now.isBefore(deadline.plus(GRACE));
    }

    static boolean isNotPast(Instant deadline, Instant now) {
        return !now.isAfter(deadline);
    }
}
