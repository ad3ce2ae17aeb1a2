package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.warning.Warning.Kind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The warnings of items as they are now. */
@Component
public class ItemWarnings {
    private final JdbcClient database;

    public ItemWarnings(JdbcClient database) {
        this.database = database;
    }

    /**
     * A warning.
     *
     * @param events the events that show it, by their captured ids, in the order of their times
     * @param foundAt ledger time of the event that made it visible
     */
    public record Found(Kind kind, List<String> events, Instant foundAt) {
        public Found {
            events = List.copyOf(events);
        }
    }

    /** What changed for an item. */
    record Change(String item, Warning warning, boolean withdrawn) {}

    /**
     * Of one item, by kind.
     *
     * @param epc in its canonical spelling
     */
    public List<Found> of(String epc) {
        return database.sql(
                        "select kind, event_ids, found_at from item_warning where item = ? order by kind, event_ids")
                .param(epc)
                .query((row, i) -> new Found(
                        Kind.valueOf(row.getString(1)),
                        Arrays.asList((String[]) row.getArray(2).getArray()),
                        row.getTimestamp(3).toInstant()))
                .list();
    }

    /** The names on the ledger, hash ids, of events by the ids that they were captured with; of an id that came with several, all. */
    public Map<String, List<String>> ledgerNames(Collection<String> eventIds) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        database.sql("""
                        select distinct event_id, hash from captured_event
                        where event_id = any(?) order by event_id, hash""").param(eventIds.toArray(String[]::new)).query(row -> {
            names.computeIfAbsent(row.getString(1), none -> new ArrayList<>()).add(row.getString(2));
        });
        return names;
    }

    /** What is kept of each of these items. */
    Map<String, Set<Warning>> kept(Collection<String> items) {
        Map<String, Set<Warning>> kept = new LinkedHashMap<>();
        database.sql(
                        "select item, kind, event_ids from item_warning where item = any(?) order by item, kind, event_ids")
                .param(items.toArray(String[]::new))
                .query(row -> {
                    kept.computeIfAbsent(row.getString(1), none -> new HashSet<>())
                            .add(new Warning(Kind.valueOf(row.getString(2)), Arrays.asList((String[])
                                    row.getArray(3).getArray())));
                });
        return kept;
    }

    void write(Change change, long block, int index, Instant at) {
        String[] events = change.warning().eventIds().toArray(String[]::new);
        if (change.withdrawn()) {
            database.sql("delete from item_warning where item = ? and kind = ? and event_ids = ?::text[]")
                    .params(change.item(), change.warning().kind().name(), events)
                    .update();
        } else {
            database.sql("""
                            insert into item_warning (item, kind, event_ids, block, tx_index, found_at)
                            values (?, ?, ?, ?, ?, ?)""")
                    .params(change.item(), change.warning().kind().name(), events, block, index, Timestamp.from(at))
                    .update();
        }
    }

    /** The parties that signed these events. */
    Set<String> parties(Collection<String> eventIds) {
        return Set.copyOf(
                database.sql("select distinct party from captured_event where event_id = any(?) and party is not null")
                        .param(eventIds.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    /** Forgets them, because every block comes again. */
    void clear() {
        database.sql("truncate item_warning").update();
    }
}
