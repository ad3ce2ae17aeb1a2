package io.clearmarket.gateway.epcis.warning;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose stories an event changes: the items it names, what is packed in them, and of a recall all that was made of them. */
final class AffectedItems {
    private static final int MOST = 20_000;

    private static final String CONTENTS = """
            with recursive down(origin, thing) as (
                select one, one from unnest(?::text[]) one
                union
                select down.origin, e.source from down
                join provenance_edge e on e.target = down.thing and e.kind = 'PACKED')
            select origin, thing from down limit ?""";

    private static final String DESCENDANTS = """
            with recursive down(origin, thing) as (
                select one, one from unnest(?::text[]) one
                union
                select down.origin, e.target from down
                join provenance_edge e on e.source = down.thing and e.kind <> 'PACKED'
                where down.thing = down.origin or down.thing !~ '^https://id.gs1.org/01/[0-9]{14}$')
            select origin, thing from down limit ?""";

    private static final Set<String> ITEM_FACETS = Set.of("epc", "inputEPC", "outputEPC", "parentID");
    private static final Set<String> CLASS_FACETS = Set.of("epcClass", "outputEPCClass");

    private final JdbcClient database;

    AffectedItems(JdbcClient database) {
        this.database = database;
    }

    /**
     * The items whose stories these events are in, each with the transaction that it is told with.
     *
     * @param transactions of the events, by their hash ids
     */
    Map<String, Integer> of(Map<String, Integer> transactions) {
        Map<String, Integer> named = new LinkedHashMap<>();
        // what is said of these is true of all that is of them or was made of them
        Map<String, Integer> handedDown = new LinkedHashMap<>();
        database.sql("select hash, facets from captured_event where hash = any(?) order by seq")
                .param(transactions.keySet().toArray(String[]::new))
                .query(row -> {
                    int transaction = transactions.getOrDefault(row.getString(1), 0);
                    Set<String> facets = Set.of((String[]) row.getArray(2).getArray());
                    boolean handsDown =
                            facets.contains("disposition=recalled") || facets.contains(ExpiryReader.EXPIRES);
                    for (String facet : facets) {
                        String name = facet.substring(facet.indexOf('=') + 1);
                        String field = facet.substring(0, Math.max(0, facet.indexOf('=')));
                        if (ITEM_FACETS.contains(field)) {
                            named.merge(name, transaction, Math::max);
                        }
                        if (handsDown && (ITEM_FACETS.contains(field) || CLASS_FACETS.contains(field))) {
                            handedDown.merge(name, transaction, Math::max);
                        }
                    }
                });
        Map<String, Integer> affected = new LinkedHashMap<>(named);
        spread(CONTENTS, named, affected);
        spread(DESCENDANTS, handedDown, affected);
        affected.keySet().retainAll(serials(affected.keySet()));
        return affected;
    }

    private void spread(String walk, Map<String, Integer> from, Map<String, Integer> into) {
        if (!from.isEmpty()) {
            database.sql(walk)
                    .params(from.keySet().toArray(String[]::new), MOST)
                    .query(row -> {
                        into.merge(row.getString(2), from.getOrDefault(row.getString(1), 0), Math::max);
                    });
        }
    }

    /** Single things: of lots and classes there is no story. */
    private static Set<String> serials(Collection<String> things) {
        Set<String> serials = new HashSet<>();
        for (String thing : things) {
            if (!thing.contains("/10/") && !thing.matches("https://id\\.gs1\\.org/01/\\d{14}|ni:.*")) {
                serials.add(thing);
            }
        }
        return serials;
    }
}
