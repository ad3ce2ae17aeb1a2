package io.clearmarket.chaincode.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger keeps of an EPCIS 2.0 event: its hash id and a list of allowed fields, none of them personal. The
 * document is in the content store under {@code document}.
 *
 * @param eventId CBV 2.0 hash id, {@code ni:///sha-256;<64 hex>?ver=CBV2.0}
 * @param type ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent or AssociationEvent
 * @param action ADD, OBSERVE, DELETE; absent for TransformationEvent
 * @param bizStep CBV bare name such as {@code shipping}
 * @param disposition CBV bare name such as {@code in_transit}
 * @param eventTime when it happened, by the one who says so
 * @param epcs the items it is about
 * @param readPoint where, a location URI without personal data
 * @param document SHA-256 of the stored document's bytes
 */
public record EpcisRecord(
        String eventId,
        String type,
        @Nullable String action,
        @Nullable String bizStep,
        @Nullable String disposition,
        Instant eventTime,
        List<String> epcs,
        @Nullable String readPoint,
        @Nullable String bizLocation,
        Digest document) {
    public EpcisRecord {
        epcs = List.copyOf(epcs);
    }
}
