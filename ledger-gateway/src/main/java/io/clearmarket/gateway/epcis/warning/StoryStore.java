package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.store.PlacePositions;
import io.clearmarket.gateway.epcis.store.Stays.Stay;
import io.clearmarket.gateway.provenance.Gs1Uris;
import io.clearmarket.gateway.readmodel.CustodyHistory;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads items' stories from the repository and the ledger's record of custody, and judges them. */
@Component
class StoryStore {
    private static final List<String> NAMES = List.of("epc=", "inputEPC=", "outputEPC=", "parentID=");

    private final JdbcClient database;
    private final PlacePositions places;
    private final CustodyHistory custody;
    private final Lineage lineage;
    private final RecallReader recalls;
    private final ExpiryReader expiries;

    StoryStore(JdbcClient database, PlacePositions places, CustodyHistory custody) {
        this.database = database;
        this.places = places;
        this.custody = custody;
        this.lineage = new Lineage(database);
        this.recalls = new RecallReader(database, lineage);
        this.expiries = new ExpiryReader(database, lineage);
    }

    /** @param names the things that it is about */
    private record Row(String eventId, @Nullable String party, JsonNode event, Instant time, Set<String> names) {}

    /** For each item what is wrong with its story; for one whose story is sound an empty list. */
    Map<String, List<Warning>> warnings(Set<String> items) {
        Packing packing = Packing.of(items, database);
        Map<String, List<Stay>> stays = new HashMap<>();
        Set<String> things = new HashSet<>(items);
        for (String item : items) {
            List<Stay> inside = packing.stays(item);
            stays.put(item, inside);
            inside.forEach(stay -> things.add(stay.holder()));
        }
        Map<String, List<Row>> rows = rows(things);
        EventReader reader = reader(rows);
        Map<String, List<CustodyHistory.Held>> held = custody.of(items);
        Map<String, Set<String>> ancestors = lineage.ancestors(items);
        Map<String, List<Recall>> recalled = recalls.of(ancestors);
        Map<String, Expiry> inherited = expiries.of(ancestors);
        Map<String, List<Warning>> warnings = new LinkedHashMap<>();
        for (String item : items) {
            warnings.put(
                    item,
                    Story.warnings(
                            events(item, stays.getOrDefault(item, List.of()), rows, reader),
                            changes(held.getOrDefault(item, List.of())),
                            recalled.getOrDefault(item, List.of()),
                            inherited.get(item)));
        }
        return warnings;
    }

    private static List<ItemEvent> events(
            String item, List<Stay> stays, Map<String, List<Row>> rows, EventReader reader) {
        Map<String, Row> own = new LinkedHashMap<>();
        rows.getOrDefault(item, List.of()).forEach(row -> own.put(row.eventId(), row));
        for (Stay stay : stays) {
            rows.getOrDefault(stay.holder(), List.of()).stream()
                    .filter(row -> stay.covers(row.time()))
                    .forEach(row -> own.putIfAbsent(row.eventId(), row));
        }
        return own.values().stream()
                .map(row -> reader.read(row.eventId(), row.party(), row.event()))
                .toList();
    }

    /** Of what the ledger says of custody only what changes it. */
    private static List<CustodyChange> changes(List<CustodyHistory.Held> held) {
        List<CustodyChange> changes = new ArrayList<>();
        String before = "";
        for (CustodyHistory.Held one : held) {
            if (!one.custodian().equals(before)) {
                changes.add(new CustodyChange(before, one.custodian(), one.since(), one.bought()));
            }
            before = one.custodian();
        }
        return changes;
    }

    /** The events about each thing, each event once, those in error left out. */
    private Map<String, List<Row>> rows(Set<String> things) {
        String[] facets = things.stream()
                .flatMap(thing -> NAMES.stream().map(name -> name + thing))
                .toArray(String[]::new);
        Map<String, List<Row>> rows = new HashMap<>();
        database.sql("""
                        select distinct on (c.event_time, c.hash) c.event_id, c.party, c.event, c.event_time, c.facets
                        from captured_event c
                        where c.facets && ?::text[]
                          and not exists (select 1 from captured_event d where d.hash = c.hash and d.declaration <> '')
                        order by c.event_time, c.hash, c.seq""").param(facets).query(row -> {
            Row one = new Row(
                    row.getString(1),
                    row.getString(2),
                    Json.MAPPER.readTree(row.getString(3)),
                    row.getTimestamp(4).toInstant(),
                    names((String[]) row.getArray(5).getArray()));
            one.names().stream()
                    .filter(things::contains)
                    .forEach(name -> rows.computeIfAbsent(name, none -> new ArrayList<>())
                            .add(one));
        });
        return rows;
    }

    private static Set<String> names(String[] facets) {
        Set<String> names = new HashSet<>();
        for (String facet : facets) {
            NAMES.stream().filter(facet::startsWith).forEach(name -> names.add(facet.substring(name.length())));
        }
        return names;
    }

    private EventReader reader(Map<String, List<Row>> rows) {
        Set<String> named = new HashSet<>();
        rows.values()
                .forEach(list -> list.forEach(row -> {
                    named.add(Gs1Uris.canonical(
                            row.event().path("readPoint").path("id").asString("")));
                    named.add(Gs1Uris.canonical(
                            row.event().path("bizLocation").path("id").asString("")));
                }));
        Map<String, PlacePositions.Degrees> found = places.of(named);
        return new EventReader(place -> Optional.ofNullable(found.get(place))
                .map(degrees -> new Position(degrees.latitude(), degrees.longitude())));
    }
}
