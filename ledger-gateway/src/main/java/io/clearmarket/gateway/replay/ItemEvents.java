package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.gateway.client.Attached;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** EPCIS 2.0 events of a replay: JSON-LD documents for the content store, and the records that the ledger keeps of them. */
final class ItemEvents {
    private ItemEvents() {}

    /**
     * An event with its document.
     *
     * @param document RFC 8785 bytes of the EPCIS document
     */
    record Documented(EpcisRecord event, Attached document) {}

    /** The carrier takes the items in the merchant's state. */
    static Documented shipped(List<String> epcs, Instant at, String state) {
        return observed(epcs, at, "shipping", "in_transit", BrazilianStates.place(state));
    }

    /** The customer gets the items; only the state is told of where. */
    static Documented received(List<String> epcs, Instant at, String state) {
        return observed(epcs, at, "receiving", "in_progress", BrazilianStates.place(state));
    }

    private static Documented observed(
            List<String> epcs, Instant at, String bizStep, String disposition, String readPoint) {
        Map<String, Object> event = new TreeMap<>(Map.of(
                "type",
                "ObjectEvent",
                "action",
                "OBSERVE",
                "bizStep",
                bizStep,
                "disposition",
                disposition,
                "epcList",
                epcs,
                "eventTime",
                at.toString(),
                "eventTimeZoneOffset",
                "-03:00",
                "readPoint",
                Map.of("id", readPoint)));
        byte[] document = CanonicalJson.bytes(EpcisDocument.around(List.of(event), at));
        String id = EventHash.ids(EpcisDocument.parse(document)).getFirst();
        return new Documented(
                new EpcisRecord(
                        id,
                        "ObjectEvent",
                        "OBSERVE",
                        bizStep,
                        disposition,
                        at,
                        epcs,
                        readPoint,
                        null,
                        Digest.sha256(document)),
                new Attached("application/ld+json", document));
    }
}
