package io.clearmarket.gateway.epcis.warning;

import java.util.List;

/**
 * Something that a buyer should know.
 *
 * @param kind what
 * @param eventIds the events that show it, in the order of their times
 */
public record Warning(Kind kind, List<String> eventIds) {
    /** Kinds of warning. */
    public enum Kind {
        /** The item went from one party to another, and nobody said that it was handed over. */
        MISSING_HAND_OVER,
        /** It was at two places with too little time between them. */
        IMPOSSIBLE_JOURNEY,
        /** Somebody else tells of the same serial while it is where it was: one of the two is a copy. */
        SERIAL_IN_TWO_PLACES,
        /** It was sold again without having come back. */
        SALE_AFTER_SALE,
        /** It was shipped or sold after it had expired. */
        EXPIRED,
        /** Its maker called it back, or its lot, or what it was made of. */
        RECALLED,
        /** A sensor measured what the item must not be exposed to. */
        SENSOR_OUT_OF_RANGE
    }

    public Warning {
        eventIds = List.copyOf(eventIds);
    }

    static Warning of(Kind kind, ItemEvent... events) {
        return new Warning(
                kind,
                List.of(events).stream().map(ItemEvent::eventId).distinct().toList());
    }
}
