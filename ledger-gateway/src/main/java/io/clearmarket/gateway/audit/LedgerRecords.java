package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The last value of every record of the ledger.
 *
 * @param height number of blocks read
 * @param hash SHA-256 of the newest block's header
 * @param byKind values by the parts of their id, joined with spaces; kinds without records are absent
 */
record LedgerRecords(long height, Digest hash, Map<RecordKind, SortedMap<String, JsonNode>> byKind) {

    /** What blocks leave behind when they are applied in order. */
    static LedgerRecords of(long height, Digest hash, List<LedgerBlock> blocks) {
        Map<RecordKind, SortedMap<String, byte[]>> last = new EnumMap<>(RecordKind.class);
        for (LedgerBlock block : blocks) {
            for (LedgerTransaction transaction : block.transactions()) {
                transaction.writes().forEach(write -> apply(write, last));
            }
        }
        // parsed at the end only: a consignment is written a dozen times
        Map<RecordKind, SortedMap<String, JsonNode>> parsed = new EnumMap<>(RecordKind.class);
        last.forEach((kind, values) -> {
            SortedMap<String, JsonNode> trees = new TreeMap<>();
            values.forEach((id, value) -> trees.put(id, Json.MAPPER.readTree(value)));
            parsed.put(kind, trees);
        });
        return new LedgerRecords(height, hash, parsed);
    }

    SortedMap<String, JsonNode> all(RecordKind kind) {
        return byKind.getOrDefault(kind, Collections.emptySortedMap());
    }

    private static void apply(Write write, Map<RecordKind, SortedMap<String, byte[]>> last) {
        SortedMap<String, byte[]> values = last.computeIfAbsent(write.kind(), kind -> new TreeMap<>());
        String id = String.join(" ", write.id());
        byte[] value = write.value();
        if (value == null) {
            values.remove(id);
        } else {
            values.put(id, value);
        }
    }
}
