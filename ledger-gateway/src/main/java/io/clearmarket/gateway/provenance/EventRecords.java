package io.clearmarket.gateway.provenance;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.ErrorDeclaration;
import io.clearmarket.chaincode.api.InvalidValue;
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
                    word(event, "bizStep"),
                    word(event, "disposition"),
                    time(event, "eventTime"),
                    items(event),
                    place(event, "readPoint"),
                    place(event, "bizLocation"),
                    document,
                    declaration(event),
                    SensorValues.of(event)));
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
    private static @Nullable String word(JsonNode event, String field) {
        String value = text(event, field);
        return value == null ? null : CbvWords.bare(value);
    }

    private static @Nullable ErrorDeclaration declaration(JsonNode event) {
        JsonNode declaration = event.path("errorDeclaration");
        if (!declaration.isObject()) {
            return null;
        }
        List<String> corrections = new ArrayList<>();
        declaration.path("correctiveEventIDs").forEach(id -> corrections.add(id.asString("")));
        return new ErrorDeclaration(time(declaration, "declarationTime"), word(declaration, "reason"), corrections);
    }

    /** What the ledger can name: GS1 keys of single things. Of others it holds the hash of the event that names them. */
    private static List<String> items(JsonNode event) {
        return EventHash.items(event).stream().filter(EventRecords::isItem).toList();
    }

    private static boolean isItem(String epc) {
        try {
            new Epc(epc);
            return true;
        } catch (InvalidValue otherName) {
            return false;
        }
    }

    private static Instant time(JsonNode event, String field) {
        String text = text(event, field);
        try {
            return OffsetDateTime.parse(text == null ? "" : text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedEpcis(field + " is \"" + text + "\"; it must be a date and time with an offset");
        }
    }
}
