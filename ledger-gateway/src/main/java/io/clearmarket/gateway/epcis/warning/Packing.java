package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.store.ProvenanceEdges.Kind;
import io.clearmarket.gateway.epcis.store.Stays;
import io.clearmarket.gateway.epcis.store.Stays.Stay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was packed into what, from when to when: what happens to a pallet happens to what is on it. */
final class Packing {
    private static final int DEEPEST = 6;

    private final Map<String, List<Stay>> stays = new HashMap<>();

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
                into.add(new Stay(stay.holder(), begin, end));
                collect(stay.holder(), begin, end, depth - 1, into);
            }
        }
    }

    private Set<String> read(Set<String> things, JdbcClient database) {
        Map<String, List<Stay>> found = Stays.of(Kind.PACKED, things, database);
        stays.putAll(found);
        return found.values().stream()
                .flatMap(List::stream)
                .map(Stay::holder)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
