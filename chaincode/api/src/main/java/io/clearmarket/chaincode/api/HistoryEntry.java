package io.clearmarket.chaincode.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One value that a record had.
 *
 * @param transaction id of the Fabric transaction that wrote it
 * @param at that transaction's timestamp
 * @param value the record then; absent if it was deleted
 */
public record HistoryEntry(
        String transaction, Instant at, @Nullable JsonNode value) {}
