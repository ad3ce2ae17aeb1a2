package io.clearmarket.chaincode.moves;

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
    RETURN_SHIP_BY,
    RETURN_DELIVER_BY,
    RETURN_INSPECT_UNTIL,
    ARBITER_BY,
    APPEAL_UNTIL;

    /** A deadline counts as past only this long after it, so that no client's clock makes anything happen early. */
    public static final Duration GRACE = Duration.ofSeconds(30);

    /** Its name in {@link Deadlines}. */
    public String member() {
        return switch (this) {
            case PAY_BY -> "payBy";
            case SHIP_BY -> "shipBy";
            case DELIVER_BY -> "deliverBy";
            case INSPECT_UNTIL -> "inspectUntil";
            case RETURN_SHIP_BY -> "returnShipBy";
            case RETURN_DELIVER_BY -> "returnDeliverBy";
            case RETURN_INSPECT_UNTIL -> "returnInspectUntil";
            case ARBITER_BY -> "arbiterBy";
            case APPEAL_UNTIL -> "appealUntil";
        };
    }

    /** The instant it runs to, or null while it does not run. */
    @Nullable
    public Instant of(Deadlines deadlines) {
        return switch (this) {
            case PAY_BY -> deadlines.payBy();
            case SHIP_BY -> deadlines.shipBy();
            case DELIVER_BY -> deadlines.deliverBy();
            case INSPECT_UNTIL -> deadlines.inspectUntil();
            case RETURN_SHIP_BY -> deadlines.returnShipBy();
            case RETURN_DELIVER_BY -> deadlines.returnDeliverBy();
            case RETURN_INSPECT_UNTIL -> deadlines.returnInspectUntil();
            case ARBITER_BY -> deadlines.arbiterBy();
            case APPEAL_UNTIL -> deadlines.appealUntil();
        };
    }

    /** Only this timer, running from now for as long as the terms say, and never past the stop date. */
    public Deadlines startedAt(Instant now, Terms terms) {
        return until(this == PAY_BY ? terms.payBy() : now.plusSeconds(seconds(terms.timers())), terms.stopDate());
    }

    /** Only this timer, running to this instant, and never past the stop date. */
    public Deadlines until(Instant end, Instant stopDate) {
        Instant capped = end.isAfter(stopDate) ? stopDate : end;
        return new Deadlines(
                ifThis(PAY_BY, capped),
                ifThis(SHIP_BY, capped),
                ifThis(DELIVER_BY, capped),
                ifThis(INSPECT_UNTIL, capped),
                ifThis(RETURN_SHIP_BY, capped),
                ifThis(RETURN_DELIVER_BY, capped),
                ifThis(RETURN_INSPECT_UNTIL, capped),
                ifThis(ARBITER_BY, capped),
                ifThis(APPEAL_UNTIL, capped),
                stopDate);
    }

    private @Nullable Instant ifThis(Timer timer, Instant end) {
        return this == timer ? end : null;
    }

    /** No timer runs any more. */
    public static Deadlines none(Instant stopDate) {
        return new Deadlines(null, null, null, null, null, null, null, null, null, stopDate);
    }

    private long seconds(Terms.Timers lengths) {
        return switch (this) {
            case PAY_BY -> throw new IllegalArgumentException("payBy is an instant of the terms");
            case SHIP_BY -> lengths.shipWithin();
            case DELIVER_BY -> lengths.deliverWithin();
            case INSPECT_UNTIL -> lengths.inspectWithin();
            case RETURN_SHIP_BY -> lengths.returnShipWithin();
            case RETURN_DELIVER_BY -> lengths.returnDeliverWithin();
            case RETURN_INSPECT_UNTIL -> lengths.returnInspectWithin();
            case ARBITER_BY -> lengths.arbiterWithin();
            case APPEAL_UNTIL -> lengths.appealWithin();
        };
    }

    /** True once a deadline counts as past. */
    public static boolean isPast(Instant deadline, Instant now) {
        return !now.isBefore(deadline.plus(GRACE));
    }

    /** True while what a deadline ends is still legal. */
    public static boolean isNotPast(Instant deadline, Instant now) {
        return !now.isAfter(deadline);
    }
}
