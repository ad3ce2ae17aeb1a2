package io.clearmarket.gateway.readmodel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who had which item since when, by the ledger's own record of it. */
@Component
public class CustodyHistory {
    private final JdbcClient database;

    public CustodyHistory(JdbcClient database) {
        this.database = database;
    }

    /**
     * An item came into somebody's hands, or stayed there.
     *
     * @param since ledger time
     * @param bought true if it came to a buyer by an order
     */
    public record Held(String custodian, Instant since, boolean bought) {}

    /** For each of the items that the ledger knows its custodians, oldest first. */
    public Map<String, List<Held>> of(Collection<String> epcs) {
        Map<String, List<Held>> history = new LinkedHashMap<>();
        database.sql("""
                        select v.id[1], v.value ->> 'custodian', (v.value ->> 'since')::timestamptz,
                               v.value ->> 'consignmentId' is not null and coalesce(p.value ->> 'role', '') = 'BUYER'
                        from record_version v
                        left join record p on p.kind = 'PARTY' and p.id = array[v.value ->> 'custodian']
                        where v.kind = 'ITEM' and v.value is not null
                          and v.id in (select array[one] from unnest(?::text[]) one)
                        order by v.block, v.tx_index, v.write_index""").param(epcs.toArray(String[]::new)).query(row -> {
            history.computeIfAbsent(row.getString(1), none -> new ArrayList<>())
                    .add(new Held(row.getString(2), row.getTimestamp(3).toInstant(), row.getBoolean(4)));
        });
        return history;
    }
}
