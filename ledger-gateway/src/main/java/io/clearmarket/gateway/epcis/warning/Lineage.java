package io.clearmarket.gateway.epcis.warning;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What items are of and were made of, and who made that. The maker of a thing is whoever's event was the first to bring it into being. */
final class Lineage {
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

    Lineage(JdbcClient database) {
        this.database = database;
    }

    /** For each item its lot and what it was made of, however far back; itself among them. */
    Map<String, Set<String>> ancestors(Collection<String> items) {
        Map<String, Set<String>> ancestors = new LinkedHashMap<>();
        database.sql(ANCESTORS).param(items.toArray(String[]::new)).query(row -> {
            ancestors.computeIfAbsent(row.getString(1), none -> new HashSet<>()).add(row.getString(2));
        });
        return ancestors;
    }

    /** The party that made each thing, where that is known. */
    Map<String, String> makers(Collection<String> things) {
        Map<String, String> makers = new HashMap<>();
        database.sql(MAKERS).param("things", things.toArray(String[]::new)).query(row -> {
            makers.put(row.getString(1), row.getString(2));
        });
        return makers;
    }
}
