package io.clearmarket.gateway.epcis.warning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether one event of an item may follow another: the same party's, or handed over in between. */
final class Links {
    /** A hand-over is signed when both have time for it: so much before the last word of the one ... */
    private static final Duration BEFORE = Duration.ofDays(1);
    /** ... or so much after the first word of the other. */
    private static final Duration AFTER = Duration.ofDays(3);

    private final List<CustodyChange> custody;

    /** @param custody by time */
    Links(List<CustodyChange> custody) {
        this.custody = List.copyOf(custody);
    }

    boolean linked(ItemEvent before, ItemEvent after) {
        return before.sameParty(after)
                || (before.gives() && after.takes())
                || (before.sells() && after.isReturned())
                || tookOver(before, after);
    }

    /** By one hand-over or several; who bought it from the one is nobody who tells events. */
    private boolean tookOver(ItemEvent before, ItemEvent after) {
        Instant from = before.time().toInstant().minus(BEFORE);
        Instant to = after.time().toInstant().plus(AFTER);
        Set<String> reached = new HashSet<>(Set.of(before.party(), ""));
        for (CustodyChange change : custody) {
            boolean inTime = !change.at().isBefore(from) && !change.at().isAfter(to);
            if (inTime && (reached.contains(change.from()) || before.isSold())) {
                reached.add(change.to());
            }
        }
        return reached.contains(after.party());
    }
}
