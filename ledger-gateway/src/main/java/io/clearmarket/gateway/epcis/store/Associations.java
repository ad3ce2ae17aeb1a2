package io.clearmarket.gateway.epcis.store;

import io.clearmarket.gateway.epcis.store.ProvenanceEdges.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What parts, such as measuring devices, were put on, from when to when, by AssociationEvents (EPCIS 2.0, section 7.4.6). */
public final class Associations {
    private Associations() {}

    /**
     * A part is on a thing.
     *
     * @param until when it was taken off; {@link Instant#MAX} if it was not
     */
    public record Stay(String thing, Instant from, Instant until) {
        public boolean covers(Instant time) {
            return !time.isBefore(from) && !time.isAfter(until);
        }
    }

    /** By part, in its canonical spelling; nothing for a part that was never on anything. */
    public static Map<String, List<Stay>> of(Collection<String> parts, JdbcClient database) {
        List<Put> put = database.sql("""
                        select e.source, e.target, c.event_time from provenance_edge e join captured_event c using (seq)
                        where e.kind = 'PART' and e.source = any(?) order by c.event_time, c.seq""")
                .param(parts.toArray(String[]::new))
                .query((row, i) -> new Put(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list();
        Set<String> things = put.stream().map(Put::thing).collect(Collectors.toSet());
        Removals removals = Removals.from(things, database);
        Map<String, List<Stay>> stays = new HashMap<>();
        for (Put one : put) {
            Instant until = removals.first(one.part(), Kind.PART, one.thing(), one.at())
                    .map(Removals.Removal::at)
                    .orElse(Instant.MAX);
            stays.computeIfAbsent(one.part(), none -> new ArrayList<>()).add(new Stay(one.thing(), one.at(), until));
        }
        return stays;
    }

    private record Put(String part, String thing, Instant at) {}
}
