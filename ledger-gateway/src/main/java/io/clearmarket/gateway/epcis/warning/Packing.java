package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.store.ProvenanceEdges.Kind;
import io.clearmarket.gateway.epcis.store.Removals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was packed into what, from when to when: what happens to a pallet happens to what is on it. */
final class Packing {
    private static final int DEEPEST = 6;

    private final Map<String, List<Stay>> stays = new HashMap<>();

    /**
     * A thing is in a container.
     *
     * @param until when it was taken out; {@link Instant#MAX} if it was not
     */
    record Stay(String container, Instant from, Instant until) {
        boolean covers(Instant time) {
            return !time.isBefore(from) && !time.isAfter(until);
        }
    }

    /** Reads the containers of things, their containers, and so on. */
    static Packing of(Set<String> things, JdbcClient database) {
        Packing packing = new Packing();
        Set<String> known = new HashSet<>(things);
        Set<String> frontier = things;
        for (int depth = 0; depth < DEEPEST && !frontier.isEmpty(); depth++) {
            Set<String> containers = packing.read(frontier, database);
            containers.removeAll(known);
            known.addAll(containers);
            frontier = containers;
        }
        return packing;
    }

    /** Every container that the thing was in, directly or not. */
    List<Stay> stays(String thing) {
        List<Stay> all = new ArrayList<>();
        collect(thing, Instant.MIN, Instant.MAX, DEEPEST, all);
        return all;
    }

    private void collect(String thing, Instant from, Instant until, int depth, List<Stay> into) {
        for (Stay stay : stays.getOrDefault(thing, List.of())) {
            Instant begin = stay.from().isAfter(from) ? stay.from() : from;
            Instant end = stay.until().isBefore(until) ? stay.until() : until;
            if (begin.isBefore(end) && depth > 0) {
                into.add(new Stay(stay.container(), begin, end));
                collect(stay.container(), begin, end, depth - 1, into);
            }
        }
    }

    private Set<String> read(Set<String> things, JdbcClient database) {
        Set<String> containers = new HashSet<>();
        List<Packed> packed = database.sql("""
                        select e.source, e.target, c.event_time from provenance_edge e join captured_event c using (seq)
                        where e.kind = 'PACKED' and e.source = any(?) order by c.event_time, c.seq""")
                .param(things.toArray(String[]::new))
                .query((row, i) -> new Packed(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list();
        packed.forEach(one -> containers.add(one.container()));
        Removals removals = Removals.from(containers, database);
        for (Packed one : packed) {
            Instant until = removals.first(one.thing(), Kind.PACKED, one.container(), one.at())
                    .map(Removals.Removal::at)
                    .orElse(Instant.MAX);
            stays.computeIfAbsent(one.thing(), none -> new ArrayList<>())
                    .add(new Stay(one.container(), one.at(), until));
        }
        return containers;
    }

    private record Packed(String thing, String container, Instant at) {}
}
