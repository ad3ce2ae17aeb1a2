package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Derives a block's market events and who may see them. Runs before the block's records replace the older ones. */
@Component
class MarketEventWriter {
    private static final String INSERT = """
            insert into market_event (block, tx_index, seq, type, tx_id, command, by_party, at, order_id,
                                      consignment_id, audience, data)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""";
    private static final List<String> SHOWN = List.of("goods", "version", "closed", "asset", "money");

    private final JdbcTemplate batches;
    private final JdbcClient database;

    MarketEventWriter(JdbcTemplate batches, JdbcClient database) {
        this.batches = batches;
        this.database = database;
    }

    void write(LedgerBlock block) {
        Records records = recordsBefore(block);
        List<Object[]> rows = new ArrayList<>();
        for (LedgerTransaction transaction : block.transactions()) {
            DomainEvent event = transaction.event();
            if (transaction.valid() && event != null) {
                addRows(rows, block.number(), transaction, event, records);
            }
        }
        if (!rows.isEmpty()) {
            batches.batchUpdate(INSERT, rows);
        }
    }

    private static void addRows(
            List<Object[]> rows, long block, LedgerTransaction transaction, DomainEvent event, Records records) {
        List<DomainEvent> happened = event.single();
        Map<String, JsonNode> before = consignments(happened, records);
        transaction.writes().forEach(records::put);
        int sequence = 0;
        for (int i = 0; i < happened.size(); i++) {
            DomainEvent one = happened.get(i);
            String id = consignmentId(one);
            // what a batch did to a consignment in all is told with the last command about it
            boolean last = happened.subList(i + 1, happened.size()).stream()
                    .noneMatch(later -> consignmentId(later).equals(id));
            JsonNode after = records.consignments.get(id);
            String[] audience = audience(one, records);
            for (String type : MarketEvents.types(one, last ? before.get(id) : null, last ? after : null)) {
                rows.add(new Object[] {
                    block,
                    transaction.index(),
                    sequence++,
                    type,
                    transaction.id(),
                    one.command(),
                    one.by().value(),
                    Timestamp.from(one.at()),
                    one.orderId() == null ? null : one.orderId().value(),
                    id.isEmpty() ? null : id,
                    audience,
                    data(after)
                });
            }
        }
    }

    /** The consignments that these events are about, as they are in the records. */
    private static Map<String, JsonNode> consignments(List<DomainEvent> events, Records records) {
        Map<String, JsonNode> about = new HashMap<>();
        for (DomainEvent event : events) {
            JsonNode known = records.consignments.get(consignmentId(event));
            if (known != null) {
                about.put(consignmentId(event), known);
            }
        }
        return about;
    }

    private static String consignmentId(DomainEvent event) {
        return event.consignmentId() == null ? "" : event.consignmentId().value();
    }

    private static String data(@Nullable JsonNode consignment) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        if (consignment != null) {
            SHOWN.forEach(field -> data.set(field, consignment.path(field)));
        }
        return data.toString();
    }

    /** Everybody with a part in what was written, and in nothing else that the transaction wrote. */
    private static String[] audience(DomainEvent event, Records records) {
        Set<String> parties = new TreeSet<>();
        parties.add(event.by().value());
        if (event.consignmentId() != null) {
            records.addParties(event.consignmentId().value(), parties);
        }
        for (DomainEvent.Change change : event.changes()) {
            if (change.kind() == RecordKind.CONSIGNMENT) {
                records.addParties(change.id().getFirst(), parties);
            }
        }
        return parties.toArray(String[]::new);
    }

    /** The consignments that the block is about, and their terms, as they were before it. */
    private Records recordsBefore(LedgerBlock block) {
        Records records = new Records();
        String[] ids = block.transactions().stream()
                .flatMap(transaction -> Stream.ofNullable(transaction.event()))
                .flatMap(event -> event.single().stream())
                .map(MarketEventWriter::consignmentId)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toArray(String[]::new);
        if (ids.length > 0) {
            database.sql("select kind, id[1], value from record where kind in ('CONSIGNMENT', 'TERMS')"
                            + " and id in (select array[one] from unnest(?::text[]) one)")
                    .param(ids)
                    .query(row -> {
                        records.put(row.getString(1), row.getString(2), Json.MAPPER.readTree(row.getString(3)));
                    });
        }
        return records;
    }

    private static final class Records {
        private final Map<String, JsonNode> consignments = new HashMap<>();
        private final Map<String, JsonNode> terms = new HashMap<>();

        void put(Write write) {
            byte[] value = write.value();
            if (value != null && (write.kind() == RecordKind.CONSIGNMENT || write.kind() == RecordKind.TERMS)) {
                put(write.kind().name(), write.id().get(0), Json.MAPPER.readTree(value));
            }
        }

        void put(String kind, String id, JsonNode value) {
            (kind.equals("TERMS") ? terms : consignments).put(id, value);
        }

        void addParties(String consignmentId, Set<String> parties) {
            JsonNode consignment = consignments.get(consignmentId);
            for (String role : consignment == null ? List.<String>of() : List.of("buyer", "merchant", "carrier")) {
                if (consignment != null && consignment.path(role).isString()) {
                    parties.add(consignment.path(role).stringValue());
                }
            }
            JsonNode agreed = terms.get(consignmentId);
            if (agreed != null) {
                agreed.path("terms").path("arbiters").forEach(arbiter -> parties.add(arbiter.asString("")));
            }
        }
    }
}
