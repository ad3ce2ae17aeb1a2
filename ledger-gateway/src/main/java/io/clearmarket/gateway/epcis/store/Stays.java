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

/** What was in or on what, from when to when, by the events that put together and take apart (EPCIS 2.0, sections 7.4.3 and 7.4.6). */
public final class Stays {
    private Stays() {}

    /**
     * A thing is in a container, or a part is on a thing.
     *
     * @param holder the container, or what the part is on
     * @param until when it was taken out or off; {@link Instant#MAX} if it was not
     */
    public record Stay(String holder, Instant from, Instant until) {
        public boolean covers(Instant time) {
            return !time.isBefore(from) && !time.isAfter(until);
        }
    }

    /**
     * By thing, in its canonical spelling, each by time; nothing for a thing that was never in or on anything.
     *
     * @param kind {@link Kind#PACKED} or {@link Kind#PART}
     */
    public static Map<String, List<Stay>> of(Kind kind, Collection<String> things, JdbcClient database) {
        List<Put> put = database.sql("""
                        select e.source, e.target, c.event_time from provenance_edge e join captured_event c using (seq)
                        where e.kind = ? and e.source = any(?) order by c.event_time, c.seq""")
                .params(kind.name(), things.toArray(String[]::new))
                .query((row, i) -> new Put(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list();
        Set<String> holders = put.stream().map(Put::holder).collect(Collectors.toSet());
        Removals removals = Removals.from(holders, database);
        Map<String, List<Stay>> stays = new HashMap<>();
        for (Put one : put) {
            Instant until = removals.first(one.thing(), kind, one.holder(), one.at())
                    .map(Removals.Removal::at)
                    .orElse(Instant.MAX);
            stays.computeIfAbsent(one.thing(), none -> new ArrayList<>()).add(new Stay(one.holder(), one.at(), until));
        }
        return stays;
    }

    private record Put(String thing, String holder, Instant at) {}
}
