package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    /** A class without a lot is where a trace ends: that two things are of one kind does not connect them. */
    private static final String ANCESTORS = """
            with recursive up(item, thing) as (
                select one, one from unnest(?::text[]) one
                union
                select up.item, e.source from up join provenance_edge e on e.target = up.thing and e.kind <> 'PACKED'
                where up.thing !~ '^https://id.gs1.org/01/[0-9]{14}$')
            select item, thing from up""";

    private static final String MAKERS = """
            select distinct on (thing) thing, party from (
                select e.target as thing, c.party, c.seq from provenance_edge e join captured_event c using (seq)
                where e.target = any(:things) and e.kind in ('OUTPUT', 'PART', 'LOT')
                union all
                select e.source, c.party, c.seq from provenance_edge e join captured_event c using (seq)
                where e.source = any(:things) and e.kind = 'LOT'
                union all
                select one, c.party, c.seq from unnest(:things) one
                join captured_event c on c.facets && array['epc=' || one, 'epcClass=' || one]
                where c.facets @> array['action=ADD'] and c.declaration = ''
                  and c.facets && array['bizStep=commissioning', 'bizStep=creating_class_instance']) made
            where party is not null order by thing, seq""";

    private final JdbcClient database;
    private final EventReader reader = new EventReader(place -> Optional.empty());

    RecallReader(JdbcClient database) {
        this.database = database;
    }

    private record Found(ItemEvent event, Set<String> things) {}

    /** For each item that anything calls back, what does. */
    Map<String, List<Recall>> of(Collection<String> items) {
        Map<String, Set<String>> ancestors = ancestors(items);
        Set<String> things = new HashSet<>();
        ancestors.values().forEach(things::addAll);
        List<Found> found = recalls(things);
        if (found.isEmpty()) {
            return Map.of();
        }
        Map<String, String> makers = makers(things);
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

    private Map<String, Set<String>> ancestors(Collection<String> items) {
        Map<String, Set<String>> ancestors = new LinkedHashMap<>();
        database.sql(ANCESTORS).param(items.toArray(String[]::new)).query(row -> {
            ancestors.computeIfAbsent(row.getString(1), none -> new HashSet<>()).add(row.getString(2));
        });
        return ancestors;
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

    private Map<String, String> makers(Set<String> things) {
        Map<String, String> makers = new HashMap<>();
        database.sql(MAKERS).param("things", things.toArray(String[]::new)).query(row -> {
            makers.put(row.getString(1), row.getString(2));
        });
        return makers;
    }
}
