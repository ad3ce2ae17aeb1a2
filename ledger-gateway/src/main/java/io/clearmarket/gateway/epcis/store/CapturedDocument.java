package io.clearmarket.gateway.epcis.store;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.gateway.provenance.MalformedEpcis;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A document's events with the names that the ledger knows them by. */
public final class CapturedDocument {
    private final EpcisDocument document;
    private final List<String> hashes;

    private CapturedDocument(EpcisDocument document) {
        this.document = document;
        this.hashes = EventHash.ids(document);
    }

    /**
     * Reads UTF-8 JSON.
     *
     * @throws MalformedEpcis if it holds no EPCIS events
     */
    public static CapturedDocument parse(byte[] utf8) {
        return new CapturedDocument(EpcisDocument.parse(utf8));
    }

    /** The document itself. */
    public EpcisDocument document() {
        return document;
    }

    public int size() {
        return hashes.size();
    }

    /** The CBV 2.0 hash id of an event. */
    public String hash(int index) {
        return hashes.get(index);
    }

    /** The event's own id, or its hash id where it has none. */
    public String eventId(int index) {
        JsonNode id = event(index).path("eventID");
        return id.isString() ? id.stringValue() : hash(index);
    }

    /** SHA-256 of the event's error declaration; "" if it has none. */
    public String declaration(int index) {
        JsonNode declaration = event(index).path("errorDeclaration");
        return declaration.isObject()
                ? Digest.sha256(CanonicalJson.bytes(declaration)).hex()
                : "";
    }

    /** Names an event, what is declared of it included. */
    public String key(int index) {
        return hash(index) + ' ' + eventId(index) + ' ' + declaration(index);
    }

    /** An event as written. */
    public JsonNode event(int index) {
        return document.events().get(index);
    }

    /** The prefixes in force inside an event. */
    public Map<String, String> namespaces(int index) {
        return document.namespaces(event(index));
    }

    /** The events that a record of the ledger is about: of the same hash, and in error if the record says so. */
    List<Integer> matching(EpcisRecord record) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            boolean declared = !declaration(i).isEmpty();
            if (hash(i).equals(record.eventId()) && declared == (record.errorDeclaration() != null)) {
                found.add(i);
            }
        }
        return found;
    }

    /**
     * An event as the repository keeps it.
     *
     * @throws MalformedEpcis if the event's time is none
     */
    public StoredEvent stored(int index, Digest digest, @Nullable String party, Instant recordTime) {
        JsonNode event = event(index);
        JsonNode context = document.isBareEvent() ? null : document.root().get("@context");
        String at = event.path("eventTime").asString("");
        Instant time = Values.instant(at)
                .orElseThrow(
                        () -> new MalformedEpcis("eventTime is \"" + at + "\", not a date and time with an offset"));
        return new StoredEvent(
                eventId(index), hash(index), declaration(index), event, context, digest.hex(), party, time, recordTime);
    }
}
