package io.clearmarket.gateway.provenance;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the ledger keeps of the events of an EPCIS document. */
public final class EventRecords {
    private EventRecords() {}

    /**
     * One record for each event, in the document's order; items and places in their canonical spelling.
     *
     * @param document SHA-256 of the document's bytes
     * @throws MalformedEpcis if an event has no time, or a time without an offset
     */
    public static List<EpcisRecord> of(EpcisDocument epcis, Digest document) {
        List<String> ids = EventHash.ids(epcis);
        List<EpcisRecord> records = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            JsonNode event = epcis.events().get(i);
            records.add(new EpcisRecord(
                    ids.get(i),
                    event.path("type").asString(""),
                    text(event, "action"),
                    word(text(event, "bizStep"), "BizStep-"),
                    word(text(event, "disposition"), "Disp-"),
                    time(event),
                    EventHash.items(event),
                    place(event, "readPoint"),
                    place(event, "bizLocation"),
                    document));
        }
        return List.copyOf(records);
    }

    private static @Nullable String text(JsonNode event, String field) {
        JsonNode value = event.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    private static @Nullable String place(JsonNode event, String field) {
        String id = text(event.path(field), "id");
        return id == null ? null : Gs1Uris.canonical(id);
    }

    /** The bare CBV word, however it was spelled. */
    private static @Nullable String word(@Nullable String value, String kind) {
        if (value == null) {
            return null;
        }
        int web = value.indexOf(kind);
        if (web >= 0) {
            return value.substring(web + kind.length());
        }
        return value.startsWith("urn:epcglobal:cbv:") ? value.substring(value.lastIndexOf(':') + 1) : value;
    }

    private static Instant time(JsonNode event) {
        String text = text(event, "eventTime");
        try {
            return OffsetDateTime.parse(text == null ? "" : text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedEpcis("eventTime is \"" + text + "\"; it must be a date and time with an offset");
        }
    }
}
