package io.clearmarket.gateway.epcis.graph;

import io.clearmarket.gateway.epcis.graph.Trace.Direction;
import io.clearmarket.gateway.epcis.graph.Trace.Reached;
import io.clearmarket.gateway.epcis.graph.Trace.Step;
import io.clearmarket.gateway.epcis.store.ProvenanceEdges.Kind;
import io.clearmarket.gateway.epcis.store.Removals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One walk through the graph, one distance after the other. What holds what, and since when until when, is kept in mind. */
final class Walk {
    private static final Pattern BARE_CLASS = Pattern.compile("https://id\\.gs1\\.org/01/\\d{14}");
    private static final int MOST_THINGS = 20_000;
    private static final int FURTHEST = 100;

    private final JdbcClient database;
    private final String start;
    private final Direction direction;
    private final Map<String, Integer> distances = new LinkedHashMap<>();
    private final Map<Row, Optional<Removals.Removal>> steps = new LinkedHashMap<>();
    private final Set<State> seen = new HashSet<>();
    private final Set<String> goingOn = new HashSet<>();
    private final Set<String> standing = new HashSet<>();
    private Set<State> frontier;

    Walk(JdbcClient database, String start, Direction direction) {
        this.database = database;
        this.start = start;
        this.direction = direction;
        distances.put(start, 0);
        standing.add(start);
        frontier = Set.of(new State(start, false, Instant.MIN, Instant.MAX));
    }

    /**
     * A thing that was reached.
     *
     * @param container true if the walk came by what is packed in it, which is followed no other way
     * @param from since when what the walk began with was in it
     * @param until as long as that
     */
    private record State(String thing, boolean container, Instant from, Instant until) {
        boolean overlaps(Instant otherFrom, Instant otherUntil) {
            return from.isBefore(otherUntil) && otherFrom.isBefore(until);
        }
    }

    private record Row(
            String source,
            Kind kind,
            String target,
            String eventId,
            Instant at,
            @Nullable String party) {
        boolean isContainment() {
            return kind == Kind.PACKED || kind == Kind.PART;
        }
    }

    Trace walked() {
        int distance = 0;
        while (!frontier.isEmpty() && distance < FURTHEST && distances.size() < MOST_THINGS) {
            distance++;
            step(distance);
        }
        return new Trace(
                start,
                direction,
                distances.entrySet().stream()
                        .map(entry -> new Reached(entry.getKey(), entry.getValue()))
                        .toList(),
                distances.keySet().stream()
                        .filter(id -> standing.contains(id) && !goingOn.contains(id))
                        .toList(),
                steps.entrySet().stream()
                        .map(step -> told(step.getKey(), step.getValue().orElse(null)))
                        .toList(),
                frontier.isEmpty());
    }

    private void step(int distance) {
        Map<String, List<State>> here = new HashMap<>();
        frontier.forEach(state ->
                here.computeIfAbsent(state.thing(), none -> new ArrayList<>()).add(state));
        List<Row> rows = edges(here.keySet());
        Removals removals = Removals.from(
                rows.stream()
                        .filter(Row::isContainment)
                        .map(Row::target)
                        .distinct()
                        .toList(),
                database);
        Set<State> next = new LinkedHashSet<>();
        for (Row row : rows) {
            Optional<Removals.Removal> removal = removals.first(row.source(), row.kind(), row.target(), row.at());
            String from = direction == Direction.BACK ? row.target() : row.source();
            for (State state : here.getOrDefault(from, List.of())) {
                follow(state, row, removal, distance).ifPresent(next::add);
            }
        }
        frontier = next;
    }

    /** Where a step leads from a thing; nothing if it leads nowhere, or nowhere new. */
    private Optional<State> follow(State state, Row row, Optional<Removals.Removal> removal, int distance) {
        boolean packed = row.kind() == Kind.PACKED;
        Instant end = removal.map(Removals.Removal::at).orElse(Instant.MAX);
        if ((state.container() && !packed) || (row.isContainment() && !state.overlaps(row.at(), end))) {
            return Optional.empty();
        }
        String to = direction == Direction.BACK ? row.source() : row.target();
        State reached = row.isContainment()
                ? new State(to, packed, later(state.from(), row.at()), earlier(state.until(), end))
                : new State(to, false, Instant.MIN, Instant.MAX);
        steps.put(row, removal);
        distances.putIfAbsent(to, distance);
        if (direction == Direction.BACK || reached.until().equals(Instant.MAX)) {
            goingOn.add(state.thing());
            standing.add(to);
        }
        return seen.add(reached) && !BARE_CLASS.matcher(to).matches() ? Optional.of(reached) : Optional.empty();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Back, packing says nothing about what a thing is made of. */
    private List<Row> edges(Set<String> things) {
        String where = direction == Direction.BACK ? "e.target = any(?) and e.kind <> 'PACKED'" : "e.source = any(?)";
        return database.sql("""
                        select e.source, e.kind, e.target, c.event_id, c.event_time, c.party
                        from provenance_edge e join captured_event c using (seq) where\s""" + where + " order by e.seq, e.source, e.target")
                .param(things.toArray(String[]::new))
                .query((row, i) -> new Row(
                        row.getString(1),
                        Kind.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6)))
                .list();
    }

    private static Step told(Row row, Removals.@Nullable Removal removal) {
        return new Step(
                row.source(),
                row.kind().name(),
                row.target(),
                row.eventId(),
                row.at(),
                row.party(),
                removal == null ? null : removal.at(),
                removal == null ? null : removal.eventId());
    }
}
