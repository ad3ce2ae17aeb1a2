package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.wallet.json.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the last days that makers set for lots and ingredients, for the items of them or made of them. */
final class ExpiryReader {
    /** Facet of an event whose master data name a last day. */
    static final String EXPIRES = "has ILMD_" + EventReader.EXPIRES;

    /** What master data are about: what the event brings into being. */
    private static final List<String> NAMES = List.of("epc=", "epcClass=", "outputEPC=", "outputEPCClass=");

    private final JdbcClient database;
    private final Lineage lineage;

    ExpiryReader(JdbcClient database, Lineage lineage) {
        this.database = database;
        this.lineage = lineage;
    }

    private record Said(String eventId, String party, LocalDate lastDay) {}

    /**
     * For each item the earliest last day of anything that it is of or was made of, as the maker of that says; an item's own is its
     * own events' to tell.
     *
     * @param ancestors of each item, itself among them
     */
    Map<String, Expiry> of(Map<String, Set<String>> ancestors) {
        Set<String> things = new HashSet<>();
        ancestors.forEach((item, itsOwn) ->
                itsOwn.stream().filter(thing -> !thing.equals(item)).forEach(things::add));
        Map<String, List<Said>> said = said(things);
        if (said.isEmpty()) {
            return Map.of();
        }
        Map<String, String> makers = lineage.makers(said.keySet());
        Map<String, Expiry> earliest = new HashMap<>();
        ancestors.forEach((item, itsOwn) -> itsOwn.stream()
                .filter(thing -> !thing.equals(item))
                .flatMap(thing -> said.getOrDefault(thing, List.of()).stream()
                        .filter(one -> one.party().equals(makers.get(thing))))
                .map(one -> new Expiry(one.eventId(), one.lastDay()))
                .forEach(one -> earliest.merge(item, one, (a, b) -> b.lastDay().isBefore(a.lastDay()) ? b : a)));
        return earliest;
    }

    /** What was said of each thing, by whomever. */
    private Map<String, List<Said>> said(Set<String> things) {
        Map<String, List<Said>> said = new HashMap<>();
        String[] facets = things.stream()
                .flatMap(thing -> NAMES.stream().map(name -> name + thing))
                .toArray(String[]::new);
        database.sql("""
                        select c.event_id, c.party, c.event, c.facets
                        from captured_event c
                        where c.facets @> array[?]::text[] and c.facets && ?::text[] and c.party is not null
                          and not exists (select 1 from captured_event d where d.hash = c.hash and d.declaration <> '')
                        order by c.seq""").params(EXPIRES, facets).query(row -> {
            LocalDate lastDay =
                    EventReader.expires(Json.MAPPER.readTree(row.getString(3)).path("ilmd"));
            if (lastDay == null) {
                return;
            }
            Said one = new Said(row.getString(1), row.getString(2), lastDay);
            for (String facet : (String[]) row.getArray(4).getArray()) {
                NAMES.stream()
                        .filter(facet::startsWith)
                        .map(name -> facet.substring(name.length()))
                        .filter(things::contains)
                        .forEach(thing -> said.computeIfAbsent(thing, none -> new ArrayList<>())
                                .add(one));
            }
        });
        return said;
    }
}
