package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.Gs1Uris;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as an EPCISQueryDocument. Each event is what was captured, with {@code recordTime}, and its id where it had none. The
 * contexts of the captured documents are merged; an event that means another thing by a prefix keeps its own.
 */
final class QueryDocument {
    private static final List<String> EPC_LISTS = List.of("epcList", "childEPCs", "inputEPCList", "outputEPCList");
    private static final List<String> QUANTITY_LISTS =
            List.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList");

    private final boolean digitalLinks;
    private final Set<String> contexts = new LinkedHashSet<>(List.of(EpcisDocument.CONTEXT));
    private final Map<String, JsonNode> prefixes = new LinkedHashMap<>();
    private final ArrayNode eventList = Json.MAPPER.createArrayNode();

    private QueryDocument(boolean digitalLinks) {
        this.digitalLinks = digitalLinks;
    }

    /**
     * @param queryName the named query; SimpleEventQuery for others
     * @param subscription the subscription that it is for; null for none
     * @param digitalLinks true to spell GS1 identifiers as Digital Link URIs, whatever they were captured as
     */
    static ObjectNode of(
            String queryName, @Nullable String subscription, List<StoredEvent> events, boolean digitalLinks) {
        QueryDocument document = new QueryDocument(digitalLinks);
        events.forEach(document::add);
        return document.written(queryName, subscription);
    }

    private ObjectNode written(String queryName, @Nullable String subscription) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        ArrayNode context = root.putArray("@context");
        contexts.forEach(context::add);
        if (!prefixes.isEmpty()) {
            prefixes.forEach(context.addObject()::set);
        }
        root.put("type", "EPCISQueryDocument");
        root.put("schemaVersion", "2.0");
        root.put("creationDate", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        ObjectNode results = root.putObject("epcisBody").putObject("queryResults");
        results.put("queryName", queryName);
        if (subscription != null) {
            results.put("subscriptionID", subscription);
        }
        results.putObject("resultsBody").set("eventList", eventList);
        return root;
    }

    private void add(StoredEvent stored) {
        ObjectNode event = (ObjectNode) stored.event().deepCopy();
        if (!event.has("eventID")) {
            event.put("eventID", stored.eventId());
        }
        event.put("recordTime", stored.recordTime().toString());
        if (digitalLinks) {
            translate(event);
        }
        JsonNode context = stored.context();
        if (context != null) {
            if (fits(context)) {
                merge(context);
            } else {
                event.set("@context", context);
            }
        }
        eventList.add(event);
    }

    private boolean fits(JsonNode context) {
        if (context.isArray()) {
            return context.valueStream().allMatch(this::fits);
        }
        return context.properties().stream().allMatch(entry -> {
            JsonNode known = prefixes.get(entry.getKey());
            return known == null || known.equals(entry.getValue());
        });
    }

    private void merge(JsonNode context) {
        if (context.isArray()) {
            context.forEach(this::merge);
        } else if (context.isString()) {
            // GS1's context has more addresses than one; it is named once
            if (!context.stringValue().endsWith("/epcis-context.jsonld")) {
                contexts.add(context.stringValue());
            }
        } else {
            context.properties().forEach(entry -> prefixes.put(entry.getKey(), entry.getValue()));
        }
    }

    private static void translate(ObjectNode event) {
        for (String list : EPC_LISTS) {
            if (event.path(list) instanceof ArrayNode epcs) {
                for (int i = 0; i < epcs.size(); i++) {
                    epcs.set(i, Gs1Uris.canonical(epcs.path(i).asString("")));
                }
            }
        }
        for (String list : QUANTITY_LISTS) {
            event.path(list).forEach(element -> translate(element, "epcClass"));
        }
        translate(event, "parentID");
        translate(event.path("readPoint"), "id");
        translate(event.path("bizLocation"), "id");
        event.path("sourceList").forEach(one -> translate(one, "source"));
        event.path("destinationList").forEach(one -> translate(one, "destination"));
    }

    private static void translate(JsonNode object, String field) {
        if (object instanceof ObjectNode writable && writable.path(field).isString()) {
            writable.put(field, Gs1Uris.canonical(writable.path(field).stringValue()));
        }
    }
}
