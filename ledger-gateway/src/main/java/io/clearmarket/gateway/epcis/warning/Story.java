package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one item, and what is wrong with it. Events that are declared in error are no part of it. */
public final class Story {
    /** Nothing travels faster, in kilometres an hour; an airliner does not. */
    static final double FASTEST = 1_000;

    /** A till that tells of one sale twice does so within this time. */
    private static final Duration SAME_SALE = Duration.ofMinutes(10);

    private static final double SECONDS_AN_HOUR = 3600;

    private final List<ItemEvent> events;
    private final List<CustodyChange> custody;
    private final List<Recall> recalls;
    private final @Nullable Expiry inherited;
    private final List<Warning> warnings = new ArrayList<>();

    private Story(
            List<ItemEvent> events, List<CustodyChange> custody, List<Recall> recalls, @Nullable Expiry inherited) {
        this.events = events;
        this.custody = custody;
        this.recalls = recalls;
        this.inherited = inherited;
    }

    /**
     * What is wrong.
     *
     * @param events about one item, each once, in any order
     * @param custody what the ledger says of who has it
     * @param recalls of it, its lot, or what it was made of
     * @param inherited the earliest last day of its lot and of what it was made of; null if none is known
     */
    public static List<Warning> warnings(
            List<ItemEvent> events, List<CustodyChange> custody, List<Recall> recalls, @Nullable Expiry inherited) {
        Links links = new Links(custody);
        Story story = new Story(SkewedClocks.ordered(events, links), custody, recalls, inherited);
        Chain chain = new Chain(story.events, links);
        story.warnings.addAll(chain.warnings());
        story.journeys(chain.events());
        story.sales();
        story.expiry();
        story.recalls();
        story.sensors();
        return List.copyOf(story.warnings);
    }

    private void journeys(List<ItemEvent> chain) {
        ItemEvent before = null;
        for (ItemEvent event : chain) {
            if (event.position() == null) {
                continue;
            }
            if (before != null && isTooFast(before, event)) {
                warnings.add(Warning.of(Kind.IMPOSSIBLE_JOURNEY, before, event));
            }
            before = event;
        }
    }

    private static boolean isTooFast(ItemEvent before, ItemEvent after) {
        Position from = before.position();
        Position to = after.position();
        if (from == null || to == null) {
            return false;
        }
        Duration apart = Duration.between(before.time(), after.time()).abs().plus(SkewedClocks.SKEW);
        return from.distance(to) > FASTEST * apart.toSeconds() / SECONDS_AN_HOUR;
    }

    private void sales() {
        ItemEvent sold = null;
        for (ItemEvent event : events) {
            if (event.isReturned()) {
                sold = null;
            } else if (event.sells()) {
                if (sold != null && !isSameSale(sold, event) && !cameBack(sold, event)) {
                    warnings.add(Warning.of(Kind.SALE_AFTER_SALE, sold, event));
                } else if (sold == null && soldOnLedger(event)) {
                    warnings.add(Warning.of(Kind.SALE_AFTER_SALE, event));
                }
                sold = event;
            }
        }
    }

    private static boolean isSameSale(ItemEvent sold, ItemEvent again) {
        return sold.sameParty(again)
                && sold.place().equals(again.place())
                && Duration.between(sold.time(), again.time()).compareTo(SAME_SALE) <= 0;
    }

    /** The ledger says that somebody who tells no events, a buyer, handed it over after the sale. */
    private boolean cameBack(ItemEvent sold, ItemEvent again) {
        Instant from = sold.time().toInstant();
        return custody.stream()
                .anyMatch(change -> !change.sale()
                        && events.stream().noneMatch(event -> event.party().equals(change.from()))
                        && change.at().isAfter(from)
                        && change.at().isBefore(again.time().toInstant().plus(SkewedClocks.SKEW)));
    }

    /** True if the ledger says that a buyer had it by an order when it was sold, and nobody took it over since. */
    private boolean soldOnLedger(ItemEvent again) {
        CustodyChange last = null;
        for (CustodyChange change : custody) {
            if (change.at().isBefore(again.time().toInstant().minus(SkewedClocks.SKEW))) {
                last = change;
            }
        }
        return last != null && last.sale();
    }

    /** The item's own last day counts before that of its lot or of what it was made of, but nothing is made of what has expired. */
    private void expiry() {
        LocalDate own = null;
        for (ItemEvent event : events) {
            own = event.expires() == null ? own : event.expires();
            LocalDate day = event.time().toLocalDate();
            if (own != null && event.passesOn() && day.isAfter(own)) {
                warnings.add(Warning.of(Kind.EXPIRED, event));
            } else if (inherited != null
                    && day.isAfter(inherited.lastDay())
                    && (event.equals(events.getFirst()) || (own == null && event.passesOn()))) {
                warnings.add(new Warning(Kind.EXPIRED, List.of(inherited.eventId(), event.eventId())));
            }
        }
    }

    /** A recall stands until its maker declares it to be in error; whoever passes the item on after it is named. */
    private void recalls() {
        for (Recall recall : recalls) {
            if (recall.isByMaker()) {
                List<String> shown = new ArrayList<>(List.of(recall.eventId()));
                events.stream()
                        .filter(event -> event.passesOn() && event.time().isAfter(recall.time()))
                        .forEach(event -> shown.add(event.eventId()));
                warnings.add(new Warning(Kind.RECALLED, shown));
            }
        }
    }

    private void sensors() {
        ItemEvent.Limits limits = null;
        for (ItemEvent event : events) {
            limits = event.temperature() == null ? limits : event.temperature();
            if (event.alarm() || isOutside(event, limits)) {
                warnings.add(Warning.of(Kind.SENSOR_OUT_OF_RANGE, event));
            }
        }
    }

    private static boolean isOutside(ItemEvent event, ItemEvent.@Nullable Limits limits) {
        return limits != null && event.readings().stream().anyMatch(reading -> !limits.hold(reading));
    }
}
