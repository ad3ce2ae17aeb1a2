package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds what calls an item back: an event of disposition {@code recalled} about it, its lot, or anything that it was made of. The maker
 * of a thing is whoever's event was the first to bring it into being.
 */
final class RecallReader {
    private static final List<String> NAMES = List.of("epc=", "parentID=", "epcClass=");
    private final JdbcClient database;
    private final Lineage lineage;
    private final EventReader reader = new EventReader(place -> Optional.empty());

    RecallReader(JdbcClient database, Lineage lineage) {
        this.database = database;
        this.lineage = lineage;
    }

    private record Found(ItemEvent event, Set<String> things) {}

    /**
     * For each item that anything calls back, what does.
     *
     * @param ancestors of each item, itself among them
     */
    Map<String, List<Recall>> of(Map<String, Set<String>> ancestors) {
        Set<String> things = new HashSet<>();
        ancestors.values().forEach(things::addAll);
        List<Found> found = recalls(things);
        if (found.isEmpty()) {
            return Map.of();
        }
        Map<String, String> makers = lineage.makers(things);
        Map<String, List<Recall>> recalls = new LinkedHashMap<>();
        ancestors.forEach((item, itsOwn) -> {
            for (Found one : found) {
                Set<String> makersOfThese = new HashSet<>();
                one.things().stream()
                        .filter(itsOwn::contains)
                        .forEach(thing -> Optional.ofNullable(makers.get(thing)).ifPresent(makersOfThese::add));
                if (one.things().stream().anyMatch(itsOwn::contains)) {
                    ItemEvent event = one.event();
                    recalls.computeIfAbsent(item, none -> new ArrayList<>())
                            .add(new Recall(event.eventId(), event.time(), event.party(), makersOfThese));
                }
            }
        });
        return recalls;
    }

    private List<Found> recalls(Set<String> things) {
        String[] facets = things.stream()
                .flatMap(thing -> NAMES.stream().map(name -> name + thing))
                .toArray(String[]::new);
        List<Found> found = new ArrayList<>();
        database.sql("""
                        select distinct on (c.event_time, c.hash) c.event_id, c.party, c.event, c.facets
                        from captured_event c
                        where c.facets @> array['disposition=recalled'] and c.facets && ?::text[]
                          and not exists (select 1 from captured_event d where d.hash = c.hash and d.declaration <> '')
                        order by c.event_time, c.hash, c.seq""").param(facets).query(row -> {
            ItemEvent event = reader.read(row.getString(1), row.getString(2), Json.MAPPER.readTree(row.getString(3)));
            Set<String> about = new HashSet<>();
            for (String facet : (String[]) row.getArray(4).getArray()) {
                NAMES.stream().filter(facet::startsWith).forEach(name -> about.add(facet.substring(name.length())));
            }
            found.add(new Found(event, about));
        });
        return found;
    }
}
