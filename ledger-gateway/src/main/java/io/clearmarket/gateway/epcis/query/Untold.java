package io.clearmarket.gateway.epcis.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What of a named query a subscriber has not been told yet. */
@Component
class Untold {
    /** The most events told at once. */
    static final int AT_ONCE = 100;

    private final EventQueries queries;

    Untold(EventQueries queries) {
        this.queries = queries;
    }

    /** Where one begins who is to be told of nothing that is here already. */
    long now() {
        return queries.newest();
    }

    /**
     * The next events; none if all is told.
     *
     * @param told the place in the repository of the last event that was told
     * @param since nothing recorded before this; null for no such limit
     */
    EventQueries.Page after(long told, NamedQuery named, @Nullable Instant since) {
        EventQuery query = QueryReader.read(Parameters.ofJson(named.query(), null));
        List<Condition> more = new ArrayList<>(List.of(new Condition.After(told)));
        if (since != null) {
            more.add(new Condition.RecordTime(Condition.Comparison.GE, since));
        }
        // in the order of recording, whatever the query's own order, so that "told" is all before it
        return queries.find(new EventQuery(query.with(more).conditions(), null, false, null, null), AT_ONCE, null);
    }
}
