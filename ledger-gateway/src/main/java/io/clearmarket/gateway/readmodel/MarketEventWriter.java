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
        String consignmentId =
                event.consignmentId() == null ? "" : event.consignmentId().value();
        JsonNode before = records.consignments.get(consignmentId);
        transaction.writes().forEach(records::put);
        JsonNode after = records.consignments.get(consignmentId);
        String[] audience = audience(event, transaction, records);
        String data = data(after);
        int sequence = 0;
        for (String type : MarketEvents.types(event, before, after)) {
            rows.add(new Object[] {
                block,
                transaction.index(),
                sequence++,
                type,
                transaction.id(),
                event.command(),
                event.by().value(),
                Timestamp.from(event.at()),
                event.orderId() == null ? null : event.orderId().value(),
                consignmentId.isEmpty() ? null : consignmentId,
                audience,
                data
            });
        }
    }

    private static String data(@Nullable JsonNode consignment) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        if (consignment != null) {
            SHOWN.forEach(field -> data.set(field, consignment.path(field)));
        }
        return data.toString();
    }

    /** Everybody with a part in what the transaction wrote. */
    private static String[] audience(DomainEvent event, LedgerTransaction transaction, Records records) {
        Set<String> parties = new TreeSet<>();
        parties.add(event.by().value());
        if (event.consignmentId() != null) {
            records.addParties(event.consignmentId().value(), parties);
        }
        for (Write write : transaction.writes()) {
            if (write.kind() == RecordKind.CONSIGNMENT) {
                records.addParties(write.id().get(0), parties);
            }
        }
        return parties.toArray(String[]::new);
    }

    /** The consignments that the block is about, and their terms, as they were before it. */
    private Records recordsBefore(LedgerBlock block) {
        Records records = new Records();
        String[] ids = block.transactions().stream()
                .map(LedgerTransaction::event)
                .filter(event -> event != null && event.consignmentId() != null)
                .map(event -> String.valueOf(event.consignmentId()))
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
