package io.clearmarket.gateway.epcis.store;

import io.clearmarket.gateway.epcis.store.ProvenanceEdges.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was taken out of what held it: disaggregations, and removals of parts (events of action DELETE; EPCIS 2.0, sections 7.4.3
 * and 7.4.6). An event that names no child takes out all. One that names a quantity of a class says nothing of what of it stays.
 */
public final class Removals {
    private final Map<String, List<Taken>> byContainer = new HashMap<>();

    private Removals() {}

    /** That something was taken out, by the event of this captured id. */
    public record Removal(String eventId, Instant at) {}

    /** @param things what was taken out; nothing in particular where all was */
    private record Taken(Kind from, Set<String> things, boolean all, Removal removal) {}

    /** Everything that was ever taken out of these; declarations in error are honoured. */
    public static Removals from(Collection<String> containers, JdbcClient database) {
        Removals removals = new Removals();
        if (containers.isEmpty()) {
            return removals;
        }
        database.sql("""
                        select event_id, event_time, facets from captured_event c
                        where facets && ?::text[] and facets @> array['action=DELETE']
                          and not exists (select 1 from captured_event d where d.hash = c.hash and d.declaration <> '')
                        order by event_time, seq""")
                .param(containers.stream().map(one -> "parentID=" + one).toArray(String[]::new))
                .query(row -> {
                    removals.add(
                            new Removal(row.getString(1), row.getTimestamp(2).toInstant()),
                            (String[]) row.getArray(3).getArray());
                });
        return removals;
    }

    private void add(Removal removal, String[] facets) {
        String container = "";
        Kind from = Kind.PACKED;
        boolean all = true;
        Set<String> things = new HashSet<>();
        for (String facet : facets) {
            String value = facet.substring(facet.indexOf('=') + 1);
            if (facet.startsWith("parentID=")) {
                container = value;
            } else if (facet.equals("type=AssociationEvent")) {
                from = Kind.PART;
            } else if (facet.startsWith("epc=")) {
                things.add(value);
                all = false;
            } else if (facet.startsWith("epcClass=")) {
                all = false;
            }
        }
        byContainer
                .computeIfAbsent(container, none -> new ArrayList<>())
                .add(new Taken(from, Set.copyOf(things), all, removal));
    }

    /**
     * The first time that a thing was taken out after it was put in.
     *
     * @param kind PACKED or PART; nothing else ends
     */
    public Optional<Removal> first(String thing, Kind kind, String container, Instant putIn) {
        return byContainer.getOrDefault(container, List.of()).stream()
                .filter(taken -> taken.from() == kind
                        && taken.removal().at().isAfter(putIn)
                        && (taken.all() || taken.things().contains(thing)))
                .map(Taken::removal)
                .findFirst();
    }
}
