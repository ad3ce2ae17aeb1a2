package io.clearmarket.gateway.epcis.graph;

import io.clearmarket.gateway.epcis.graph.Trace.Direction;
import io.clearmarket.gateway.epcis.graph.Trace.Reached;
import io.clearmarket.gateway.epcis.graph.Trace.Step;
import io.clearmarket.gateway.epcis.store.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Walks the graph, one distance after the other. A class without a lot ({@code /01/{gtin}}) is an end both ways: that two things
 * are of one kind does not connect them. What is packed is followed into its containers, and not out of them into their other contents.
 */
@Component
public class Tracer {
    private static final Pattern BARE_CLASS = Pattern.compile("https://id\\.gs1\\.org/01/\\d{14}");
    private static final int MOST_THINGS = 20_000;
    private static final int FURTHEST = 100;

    private final JdbcClient database;

    public Tracer(JdbcClient database) {
        this.database = database;
    }

    /** @param thing any spelling of an item's, lot's or container's identifier */
    public Trace trace(String thing, Direction direction) {
        String start = Values.canonical(thing);
        Map<String, Integer> distances = new LinkedHashMap<>(Map.of(start, 0));
        Set<String> containers = new HashSet<>();
        Set<String> left = new HashSet<>();
        Map<Row, Integer> rows = new LinkedHashMap<>();
        Set<String> frontier = new LinkedHashSet<>(List.of(start));
        int distance = 0;
        while (!frontier.isEmpty() && distance < FURTHEST && distances.size() < MOST_THINGS) {
            distance++;
            Set<String> next = new LinkedHashSet<>();
            for (Row row : edges(frontier, direction)) {
                String from = direction == Direction.BACK ? row.target() : row.source();
                String to = direction == Direction.BACK ? row.source() : row.target();
                boolean packed = row.kind().equals("PACKED");
                if (containers.contains(from) && !packed) {
                    continue;
                }
                rows.put(row, distance);
                left.add(from);
                if (distances.putIfAbsent(to, distance) == null) {
                    if (packed) {
                        containers.add(to);
                    }
                    if (!BARE_CLASS.matcher(to).matches()) {
                        next.add(to);
                    }
                }
            }
            frontier = next;
        }
        return new Trace(
                start,
                direction,
                distances.entrySet().stream()
                        .map(entry -> new Reached(entry.getKey(), entry.getValue()))
                        .toList(),
                distances.keySet().stream().filter(id -> !left.contains(id)).toList(),
                steps(rows.keySet()),
                frontier.isEmpty());
    }

    private record Row(String source, String kind, String target, long seq) {}

    /** Back, packing says nothing about what a thing is made of. */
    private List<Row> edges(Collection<String> things, Direction direction) {
        String where = direction == Direction.BACK ? "target = any(?) and kind <> 'PACKED'" : "source = any(?)";
        return database.sql("select source, kind, target, seq from provenance_edge where " + where
                        + " order by seq, source, target")
                .param(things.toArray(String[]::new))
                .query((row, i) -> new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
                .list();
    }

    private List<Step> steps(Collection<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, Event> events = new LinkedHashMap<>();
        database.sql("select seq, event_id, event_time, party from captured_event where seq = any(?)")
                .param(rows.stream().map(Row::seq).distinct().toArray(Long[]::new))
                .query(row -> {
                    events.put(
                            row.getLong(1),
                            new Event(row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)));
                });
        List<Step> steps = new ArrayList<>();
        for (Row row : rows) {
            Event event = events.get(row.seq());
            if (event != null) {
                steps.add(new Step(row.source(), row.kind(), row.target(), event.id(), event.time(), event.party()));
            }
        }
        return steps;
    }

    private record Event(String id, Instant time, @Nullable String party) {}
}
