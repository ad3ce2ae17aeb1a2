package io.clearmarket.gateway.epcis.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of the repository.
 *
 * @param eventId as captured, or the hash where it had none
 * @param hash its CBV 2.0 hash id, its name on the ledger
 * @param declaration SHA-256 of its error declaration; "" for an event that happened as told
 * @param event as captured
 * @param context the {@code @context} of the document around it; null for a bare event, which has its own
 * @param document SHA-256 of the document
 * @param party who signed it onto the ledger; null where nobody is known
 * @param recordTime the ledger's time
 */
public record StoredEvent(
        String eventId,
        String hash,
        String declaration,
        JsonNode event,
        @Nullable JsonNode context,
        String document,
        @Nullable String party,
        Instant eventTime,
        Instant recordTime) {}
