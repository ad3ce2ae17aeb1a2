package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.provenance.EpcisDocument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Writes an EPCIS document or query document as XML, in the order of GS1's schema. */
public final class EpcisXmlWriter {
    private static final List<String> SENSOR_WORDS = List.of("type", "exception", "component");

    private final EpcisDocument document;
    private final XmlWords words;
    private final XmlOut out;

    private EpcisXmlWriter(EpcisDocument document, XmlWords words) {
        this.document = document;
        this.words = words;
        boolean query = isQuery();
        this.out = new XmlOut(
                query ? Layout.QUERY : Layout.EPCIS, query ? "EPCISQueryDocument" : "EPCISDocument", prefixes());
    }

    /**
     * UTF-8 XML.
     *
     * @param document JSON-LD: an EPCISDocument, an EPCISQueryDocument, or one event, which is written in a document
     * @throws io.clearmarket.gateway.epcis.EpcisProblem NOT_ACCEPTABLE for an extension that XML has no form for
     */
    public static byte[] write(JsonNode document, XmlWords words) {
        return new EpcisXmlWriter(EpcisDocument.of(document), words).written();
    }

    private boolean isQuery() {
        return document.root().path("epcisBody").has("queryResults");
    }

    /** By their namespaces; those of the schema first, so that a document's own never take their places. */
    private Map<String, String> prefixes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(Layout.EPCIS, "epcis");
        if (isQuery()) {
            all.put(Layout.QUERY, "epcisq");
        }
        all.put(Layout.INSTANCE, "xsi");
        all.put(Layout.SCHEMA, "xsd");
        new TreeMap<>(document.namespaces(document.root())).forEach((prefix, namespace) -> {
            if (!all.containsValue(prefix) && !namespace.isEmpty()) {
                all.putIfAbsent(Prefixes.xmlNamespace(namespace), prefix);
            }
        });
        return all;
    }

    private byte[] written() {
        JsonNode root = document.root();
        out.attribute("schemaVersion", root.path("schemaVersion").asString("2.0"));
        out.attribute("creationDate", root.path("creationDate").asString(text(root, "eventTime")));
        out.start("EPCISBody");
        if (isQuery()) {
            JsonNode results = root.path("epcisBody").path("queryResults");
            out.start(Layout.QUERY, "epcisq", "QueryResults").element("queryName", text(results, "queryName"));
            if (results.has("subscriptionID")) {
                out.element("subscriptionID", text(results, "subscriptionID"));
            }
            out.start("resultsBody");
        }
        out.start("EventList");
        document.events().forEach(this::event);
        return out.finished();
    }

    private void event(JsonNode event) {
        Map<String, String> namespaces = new HashMap<>(Prefixes.GIVEN);
        namespaces.putAll(document.namespaces(event));
        ExtensionWriter extensions = new ExtensionWriter(out, namespaces);
        String type = text(event, "type");
        out.start(type);
        for (String field : Objects.requireNonNull(Layout.EVENTS.get(type))) {
            JsonNode value = event.get(field);
            if (value != null) {
                field(field, value, extensions);
            }
        }
        extensions.all(event);
        out.end();
    }

    private void field(String name, JsonNode value, ExtensionWriter extensions) {
        switch (name) {
            case "errorDeclaration" -> {
                out.start(name);
                for (String field : Layout.ERROR_DECLARATION) {
                    if (value.has(field)) {
                        field(field, value.path(field), extensions);
                    }
                }
                extensions.all(value);
                out.end();
            }
            case "readPoint", "bizLocation" -> {
                out.start(name).element("id", text(value, "id"));
                extensions.all(value);
                out.end();
            }
            case "persistentDisposition" -> {
                out.start(name);
                for (String list : List.of("unset", "set")) {
                    value.path(list).forEach(word -> text(list, word));
                }
                out.end();
            }
            case "ilmd" -> {
                out.start(name);
                extensions.each(value, all -> true);
                out.end();
            }
            default -> {
                if (Layout.ITEMS.containsKey(name)) {
                    list(name, value, extensions);
                } else if (value.isArray()) {
                    value.forEach(one -> text(name, one));
                } else {
                    text(name, value);
                }
            }
        }
    }

    private void text(String name, JsonNode value) {
        out.element(name, words.spelled(name, plain(value)));
    }

    private void list(String name, JsonNode list, ExtensionWriter extensions) {
        String item = Objects.requireNonNull(Layout.ITEMS.get(name));
        out.start(name);
        for (JsonNode one : list) {
            out.start(item);
            switch (item) {
                case "quantityElement" ->
                    Layout.QUANTITY.stream()
                            .filter(one::has)
                            .forEach(field -> out.element(field, plain(one.path(field))));
                case "bizTransaction", "source", "destination" -> {
                    if (one.has("type")) {
                        out.attribute("type", words.spelled(item, text(one, "type")));
                    }
                    out.text(text(one, item));
                }
                case "sensorElement" -> sensorElement(one, extensions);
                default -> out.text(one.asString(""));
            }
            out.end();
        }
        out.end();
    }

    private void sensorElement(JsonNode element, ExtensionWriter extensions) {
        if (element.has("sensorMetadata")) {
            sensor("sensorMetadata", element.path("sensorMetadata"), extensions);
        }
        element.path("sensorReport").forEach(report -> sensor("sensorReport", report, extensions));
        extensions.all(element);
    }

    private void sensor(String name, JsonNode object, ExtensionWriter extensions) {
        out.start(name);
        object.properties().forEach(member -> {
            String key = member.getKey();
            if (ExtensionWriter.isExtension(key)) {
                extensions.attribute(key, member.getValue());
            } else {
                String value = plain(member.getValue());
                out.attribute(key, SENSOR_WORDS.contains(key) ? XmlWords.ofSensor(key, value) : value);
            }
        });
        out.end();
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private static String plain(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asString("");
    }
}
