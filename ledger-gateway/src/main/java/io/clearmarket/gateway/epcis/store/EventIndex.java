package io.clearmarket.gateway.epcis.store;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.provenance.CbvWords;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What queries look for in an event: facets, texts {@code name=value} for equality and {@code has name} for presence, and
 * named numbers and instants for order. GS1 identifiers and vocabulary words are in one spelling, so that all spellings meet.
 */
public final class EventIndex {
    private static final List<String> MEASURES =
            List.of("value", "minValue", "maxValue", "meanValue", "sDev", "percValue");
    private static final List<String> SENSOR_TEXTS = List.of(
            "deviceID",
            "deviceMetadata",
            "rawData",
            "dataProcessingMethod",
            "microorganism",
            "chemicalSubstance",
            "bizRules",
            "stringValue",
            "hexBinaryValue",
            "uriValue",
            "booleanValue",
            "component",
            "exception",
            "coordinateReferenceSystem");
    private static final List<String> SENSOR_TIMES = List.of("time", "startTime", "endTime");

    /** In characters. PostgreSQL's indexes take 2,704 bytes, and a character of UTF-16 may need three. */
    private static final int LONGEST = 800;

    private final Map<String, String> namespaces;
    private final Set<String> facets = new LinkedHashSet<>();
    private final List<NumberValue> numbers = new ArrayList<>();
    private final List<TimeValue> times = new ArrayList<>();

    /** A named number. */
    public record NumberValue(String name, BigDecimal value) {}

    /** A named instant. */
    public record TimeValue(String name, Instant value) {}

    private EventIndex(Map<String, String> namespaces) {
        this.namespaces = namespaces;
    }

    /** @param namespaces the prefixes in force inside the event */
    public static EventIndex of(JsonNode event, Map<String, String> namespaces) {
        EventIndex index = new EventIndex(namespaces);
        index.common(event);
        index.things(event);
        index.sensors(event.path("sensorElementList"));
        index.extensions("", event);
        if (event.path("ilmd").isObject()) {
            index.extensions("ILMD_", event.path("ilmd"));
        }
        return index;
    }

    public Set<String> facets() {
        return facets.stream().map(EventIndex::kept).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A facet as it is kept and asked for: one that no index takes by its SHA-256. */
    public static String kept(String facet) {
        return facet.length() <= LONGEST
                ? facet
                : "sha256 "
                        + Digest.sha256(facet.getBytes(StandardCharsets.UTF_8)).hex();
    }

    public List<NumberValue> numbers() {
        return numbers;
    }

    public List<TimeValue> times() {
        return times;
    }

    private void common(JsonNode event) {
        event.propertyNames().forEach(name -> facets.add("has " + name));
        facet("type", event.path("type"));
        facet("action", event.path("action"));
        facet("bizStep", event.path("bizStep"));
        facet("disposition", event.path("disposition"));
        event.path("persistentDisposition").path("set").forEach(word -> facet("set", word));
        event.path("persistentDisposition").path("unset").forEach(word -> facet("unset", word));
        for (String place : List.of("readPoint", "bizLocation")) {
            facet(place, event.path(place).path("id"));
            extensions(place + "_", event.path(place));
        }
        typed("bizTransaction", event.path("bizTransactionList"));
        typed("source", event.path("sourceList"));
        typed("destination", event.path("destinationList"));
        facet("transformationID", event.path("transformationID"));
        JsonNode error = event.path("errorDeclaration");
        facet("errorReason", error.path("reason"));
        error.path("correctiveEventIDs").forEach(id -> facet("correctiveEventID", id));
        time("errorDeclarationTime", error.path("declarationTime"));
        extensions("ERROR_DECLARATION_", error);
    }

    private void typed(String name, JsonNode list) {
        for (JsonNode one : list) {
            facet(name + "/" + CbvWords.bare(one.path("type").asString("")), one.path(name));
        }
    }

    private void things(JsonNode event) {
        facet("parentID", event.path("parentID"));
        event.path("epcList").forEach(epc -> facet("epc", epc));
        event.path("childEPCs").forEach(epc -> facet("epc", epc));
        event.path("inputEPCList").forEach(epc -> facet("inputEPC", epc));
        event.path("outputEPCList").forEach(epc -> facet("outputEPC", epc));
        quantities("epcClass", event.path("quantityList"));
        quantities("epcClass", event.path("childQuantityList"));
        quantities("inputEPCClass", event.path("inputQuantityList"));
        quantities("outputEPCClass", event.path("outputQuantityList"));
    }

    private void quantities(String name, JsonNode list) {
        for (JsonNode element : list) {
            facet(name, element.path("epcClass"));
            measure("quantity", element.path("quantity"), element.path("uom"));
        }
    }

    private void sensors(JsonNode list) {
        for (JsonNode element : list) {
            extensions("SENSORELEMENT_", element);
            JsonNode metadata = element.path("sensorMetadata");
            sensorFields(metadata);
            extensions("SENSORMETADATA_", metadata);
            for (JsonNode report : element.path("sensorReport")) {
                facet("sensor.type", report.path("type"));
                sensorFields(report);
                MEASURES.forEach(name -> measure(name, report.path(name), report.path("uom")));
                number("percRank", report.path("percRank"));
                extensions("SENSORREPORT_", report);
            }
        }
    }

    private void sensorFields(JsonNode object) {
        SENSOR_TEXTS.forEach(name -> facet("sensor." + name, object.path(name)));
        SENSOR_TIMES.forEach(name -> time(name, object.path(name)));
    }

    private void measure(String name, JsonNode value, JsonNode uom) {
        number(name, value);
        if (uom.isString() && value.isNumber()) {
            Measure measure = Measure.of(name, uom.stringValue(), value.decimalValue());
            number(measure.name(), measure.number());
        }
    }

    /** Fields of the user's own namespaces, and under INNER what is nested in them. */
    private void extensions(String scope, JsonNode object) {
        object.properties().forEach(field -> {
            if (field.getKey().indexOf(':') >= 0) {
                extension(scope, field.getKey(), field.getValue());
            }
        });
    }

    private void extension(String scope, String key, JsonNode value) {
        if (value.isArray()) {
            value.forEach(one -> extension(scope, key, one));
            return;
        }
        for (String name : names(scope, key)) {
            facets.add("has " + name);
            if (!value.isObject()) {
                scalar(name, value);
            }
        }
        value.properties()
                .forEach(inner -> extension(
                        scope.startsWith("INNER_") ? scope : "INNER_" + scope, inner.getKey(), inner.getValue()));
    }

    private void scalar(String name, JsonNode value) {
        String text = value.asString("");
        facets.add(name + "=" + text);
        Values.number(text).ifPresent(number -> {
            facets.add(name + "#" + Values.text(number));
            numbers.add(new NumberValue(name, number));
        });
        Values.instant(text).ifPresent(instant -> {
            facets.add(name + "@" + instant);
            times.add(new TimeValue(name, instant));
        });
    }

    /** As a query may name it: by its IRI, and with the event's own prefix. */
    private List<String> names(String scope, String key) {
        int colon = key.indexOf(':');
        String namespace = colon < 0 ? null : namespaces.get(key.substring(0, colon));
        return namespace == null
                ? List.of(scope + key)
                : List.of(scope + key, scope + namespace + key.substring(colon + 1));
    }

    private void facet(String name, JsonNode value) {
        if (!value.isMissingNode() && !value.isContainer() && !value.isNull()) {
            facets.add(name + "=" + Values.canonical(value.asString("")));
        }
    }

    private void number(String name, JsonNode value) {
        if (value.isNumber()) {
            number(name, value.decimalValue());
        }
    }

    private void number(String name, BigDecimal value) {
        facets.add(name + "#" + Values.text(value));
        numbers.add(new NumberValue(name, value));
    }

    private void time(String name, JsonNode value) {
        Values.instant(value.asString("")).ifPresent(instant -> times.add(new TimeValue(name, instant)));
    }
}
