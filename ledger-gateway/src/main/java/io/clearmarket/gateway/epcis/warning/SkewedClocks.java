package io.clearmarket.gateway.epcis.warning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Brings events into the order in which they can have happened. Each party's own events keep their order; those of different parties
 * that are closer together than {@link #SKEW} may have happened in either, so a party's events are moved where more of the story hangs together.
 */
final class SkewedClocks {
    /** How far two parties' clocks may differ. */
    static final Duration SKEW = Duration.ofMinutes(30);

    private static final int MOST_PASSES = 8;

    private final Links links;
    private final List<ItemEvent> events;

    private SkewedClocks(List<ItemEvent> events, Links links) {
        this.links = links;
        this.events = new ArrayList<>(events);
    }

    static List<ItemEvent> ordered(List<ItemEvent> events, Links links) {
        List<ItemEvent> byTime = events.stream()
                .sorted(Comparator.comparing((ItemEvent event) -> event.time().toInstant())
                        .thenComparing(ItemEvent::eventId))
                .toList();
        SkewedClocks order = new SkewedClocks(
                byTime.stream().filter(event -> !event.isStatement()).toList(), links);
        for (int pass = 0; pass < MOST_PASSES && order.improve(); pass++) {
            // every pass hangs more of the story together
        }
        byTime.stream().filter(ItemEvent::isStatement).forEach(order::add);
        return order.events;
    }

    /** A statement is no step that others could hang together with: it stands behind all that came before it. */
    private void add(ItemEvent statement) {
        int at = events.size();
        while (at > 0 && events.get(at - 1).time().isAfter(statement.time())) {
            at--;
        }
        events.add(at, statement);
    }

    private boolean improve() {
        boolean moved = false;
        for (int from = 1; from < events.size(); from++) {
            for (int end = from; end < events.size() && events.get(end).sameParty(events.get(from)); end++) {
                int to = better(from, end);
                if (to < from) {
                    Collections.rotate(events.subList(to, end + 1), end + 1 - from);
                    moved = true;
                }
            }
        }
        return moved;
    }

    /** Where before them a party's events, one after the other, fit better; where they are, if nowhere. */
    private int better(int from, int end) {
        int best = from;
        int most = 0;
        for (int to = from - 1; to >= 0 && mayPass(from, end, events.get(to)); to--) {
            int gain = gain(from, end, to);
            if (gain > most) {
                most = gain;
                best = to;
            }
        }
        return best;
    }

    private boolean mayPass(int from, int end, ItemEvent earlier) {
        return !events.get(from).sameParty(earlier)
                && Duration.between(earlier.time(), events.get(end).time()).compareTo(SKEW) < 0;
    }

    /** How many more neighbours are linked if the events from {@code from} to {@code end} stand before {@code to}. */
    private int gain(int from, int end, int to) {
        int now = link(to - 1, to) + link(from - 1, from) + link(end, end + 1);
        int then = link(to - 1, from) + link(end, to) + link(from - 1, end + 1);
        return then - now;
    }

    private int link(int before, int after) {
        boolean inside = before >= 0 && after < events.size();
        return inside && links.linked(events.get(before), events.get(after)) ? 1 : 0;
    }
}
