package io.clearmarket.gateway.provenance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An EPCIS 2.0 JSON-LD text: a document, a query's answer, or one bare event. */
public final class EpcisDocument {
    /** GS1's own context. */
    public static final String CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /** Prefixes that GS1's own context declares. */
    private static final Map<String, String> GS1 = Map.of(
            "epcis", "https://ref.gs1.org/epcis/",
            "cbv", "https://ref.gs1.org/cbv/",
            "cbvmda", "urn:epcglobal:cbv:mda:",
            "gs1", "https://gs1.org/voc/");

    private static final Set<String> EVENT_TYPES =
            Set.of("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent");

    private static final JsonMapper TOLERANT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode root;
    private final List<JsonNode> events;

    private EpcisDocument(JsonNode root, List<JsonNode> events) {
        this.root = root;
        this.events = List.copyOf(events);
    }

    /** A document around events that need no other context than GS1's, for a mapper to write; its members are in their order. */
    public static SortedMap<String, Object> around(List<?> events, Instant created) {
        return new TreeMap<>(Map.of(
                "@context",
                List.of(CONTEXT),
                "type",
                "EPCISDocument",
                "schemaVersion",
                "2.0",
                "creationDate",
                created.toString(),
                "epcisBody",
                Map.of("eventList", events)));
    }

    /**
     * Reads UTF-8 JSON.
     *
     * @throws MalformedEpcis if it is not JSON, holds no event, or an event of an unknown type
     */
    public static EpcisDocument parse(byte[] utf8) {
        EpcisDocument document = of(read(utf8));
        if (document.events.isEmpty()) {
            throw new MalformedEpcis("no event found; expected an event, or a document with epcisBody.eventList");
        }
        return document;
    }

    /**
     * A document that was read, or made here; it may have no event.
     *
     * @throws MalformedEpcis if it holds an event of an unknown type
     */
    public static EpcisDocument of(JsonNode root) {
        List<JsonNode> events = new ArrayList<>();
        JsonNode body = root.path("epcisBody");
        if (EVENT_TYPES.contains(root.path("type").asString(""))) {
            events.add(root);
        } else if (body.path("event").isObject()) {
            events.add(body.path("event"));
        } else {
            JsonNode list = body.has("eventList")
                    ? body.path("eventList")
                    : body.path("queryResults").path("resultsBody").path("eventList");
            list.forEach(events::add);
        }
        for (JsonNode event : events) {
            String type = event.path("type").asString("");
            if (!EVENT_TYPES.contains(type)) {
                throw new MalformedEpcis("event type \"" + type + "\" is none of "
                        + EVENT_TYPES.stream().sorted().toList());
            }
        }
        return new EpcisDocument(root, events);
    }

    /**
     * Reads UTF-8 JSON of any form. Of a member that is there twice the last counts, as JSON-LD processors have it: GS1's own
     * examples hold one.
     *
     * @throws MalformedEpcis if it is not JSON, or holds what {@linkplain Keepable nobody can keep}
     */
    public static JsonNode read(byte[] utf8) {
        JsonNode root;
        try {
            root = TOLERANT.readTree(new String(utf8, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new MalformedEpcis("not a JSON document: " + e.getOriginalMessage());
        } catch (NumberFormatException e) {
            // Jackson's own exception is another for an exponent that no decimal number has
            throw new MalformedEpcis("a number has an exponent that is out of range");
        }
        Keepable.require(root, "");
        return root;
    }

    /** The events as written. */
    public List<JsonNode> events() {
        return events;
    }

    /** The whole text. */
    public JsonNode root() {
        return root;
    }

    /** True if it is one event without a document around it. */
    public boolean isBareEvent() {
        return EVENT_TYPES.contains(root.path("type").asString(""));
    }

    /** Fields that the document itself says are no part of its events ({@code ignoreFields} in any namespace). */
    Set<String> ignoredFields() {
        Set<String> ignored = new HashSet<>();
        root.properties().forEach(property -> {
            if (property.getKey().equals("ignoreFields") || property.getKey().endsWith(":ignoreFields")) {
                property.getValue().forEach(name -> ignored.add(name.asString("")));
            }
        });
        return ignored;
    }

    /** Prefixes in force inside the event. */
    public Map<String, String> namespaces(JsonNode event) {
        Map<String, String> all = new HashMap<>(GS1);
        collect(root.path("@context"), all);
        collect(event.path("@context"), all);
        return all;
    }

    private static void collect(JsonNode context, Map<String, String> into) {
        if (context.isArray()) {
            context.forEach(one -> collect(one, into));
        } else if (context.isObject()) {
            context.properties().forEach(entry -> {
                JsonNode uri = entry.getValue().isObject() ? entry.getValue().path("@id") : entry.getValue();
                if (uri.isString()) {
                    into.put(entry.getKey(), uri.stringValue());
                }
            });
        }
    }
}
