package io.clearmarket.gateway.readmodel;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Market events about items that others derive from a block; told with the transaction that they follow from. */
@Component
public class ItemEventLog {
    private static final String INSERT = """
            insert into market_event (block, tx_index, seq, type, tx_id, command, by_party, at, order_id,
                                      consignment_id, audience, data)
            select d.block, d.tx_index,
                   (select coalesce(max(seq) + 1, 0) from market_event m
                    where m.block = d.block and m.tx_index = d.tx_index),
                   :type, d.tx_id, d.command, d.by_party, d.at, c.value ->> 'orderId', c.id[1],
                   (select array_agg(distinct party order by party) from (
                        select unnest(:parties::text[]) party
                        union select i.value ->> 'custodian'
                        union select c.value ->> 'buyer'
                        union select c.value ->> 'merchant') concerned where party is not null),
                   :data::jsonb
            from domain_event d
            left join record i on i.kind = 'ITEM' and i.id = array[:item::text]
            left join record c on c.kind = 'CONSIGNMENT' and c.id = array[i.value ->> 'consignmentId']
            where d.block = :block and d.tx_index = :index""";

    private final JdbcClient database;

    public ItemEventLog(JdbcClient database) {
        this.database = database;
    }

    /**
     * Tells of an item; to be called inside the feed's transaction, after the block's records are in the tables. It is told to these
     * parties, to who has the item, and to buyer and merchant of the consignment that it was last shipped in.
     */
    public void append(long block, int index, String type, String item, Collection<String> parties, JsonNode data) {
        database.sql(INSERT)
                .param("type", type)
                .param("parties", parties.toArray(String[]::new))
                .param("data", data.toString())
                .param("item", item)
                .param("block", block)
                .param("index", index)
                .update();
    }
}
