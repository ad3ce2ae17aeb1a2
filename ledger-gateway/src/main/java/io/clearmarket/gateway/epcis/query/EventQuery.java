package io.clearmarket.gateway.epcis.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query of events (EPCIS 2.0, section 8.2.7.1), read and checked.
 *
 * @param orderBy what the result is ordered by; null for the order of recording
 * @param descending true for the greatest first
 * @param limit the result's first so many only; null for all
 * @param most a result of more is an error; null for any size
 */
record EventQuery(
        List<Condition> conditions,
        @Nullable OrderBy orderBy,
        boolean descending,
        @Nullable Integer limit,
        @Nullable Integer most) {
    EventQuery {
        conditions = List.copyOf(conditions);
    }

    /** The same query under further conditions. */
    EventQuery with(List<Condition> further) {
        List<Condition> all = new ArrayList<>(conditions);
        all.addAll(further);
        return new EventQuery(all, orderBy, descending, limit, most);
    }

    /** What a result may be ordered by. */
    sealed interface OrderBy {
        /** One of the event's own times, by its column. */
        record OwnTime(String column) implements OrderBy {}

        /** A named number or instant; events without it come last. */
        record Named(String name) implements OrderBy {}
    }
}
