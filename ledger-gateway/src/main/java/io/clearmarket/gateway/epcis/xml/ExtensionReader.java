package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.epcis.xml.XmlElement.Attribute;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads elements of other namespaces: what repeats is a list, what has elements in it an object, what has attributes an object with its text as
 * {@code #text}; numbers and booleans by {@code xsi:type}, which is a text where there is none.
 */
final class ExtensionReader {
    static final String TEXT = "#text";

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();
    private static final Set<String> NUMBERS = Set.of(
            "integer",
            "int",
            "long",
            "short",
            "byte",
            "nonNegativeInteger",
            "positiveInteger",
            "negativeInteger",
            "unsignedInt",
            "unsignedLong",
            "decimal",
            "double",
            "float");

    private final Prefixes prefixes;

    ExtensionReader(Prefixes prefixes) {
        this.prefixes = prefixes;
    }

    /** Puts an extension into the object that it extends. */
    void read(XmlElement element, ObjectNode into) {
        put(prefixes.key(element.name()), value(element), into);
    }

    /** Puts an attribute of another namespace into the object that it extends. */
    void read(Attribute attribute, ObjectNode into) {
        put(prefixes.key(attribute.name()), NODES.stringNode(attribute.value()), into);
    }

    /** An object of nothing but extensions. */
    ObjectNode object(XmlElement element) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        element.children().forEach(child -> read(child, object));
        return object;
    }

    /** Once is a value, more often a list. */
    private static void put(String key, JsonNode value, ObjectNode into) {
        JsonNode before = into.get(key);
        switch (before) {
            case null -> into.set(key, value);
            case ArrayNode list -> list.add(value);
            default -> into.set(key, Json.MAPPER.createArrayNode().add(before).add(value));
        }
    }

    JsonNode value(XmlElement element) {
        List<Attribute> attributes = element.attributes().stream()
                .filter(attribute -> !attribute.name().namespace().equals(Layout.INSTANCE))
                .toList();
        if (element.children().isEmpty() && attributes.isEmpty()) {
            return scalar(element);
        }
        ObjectNode object = object(element);
        if (element.children().isEmpty()) {
            object.set(TEXT, scalar(element));
        } else if (!element.text().isBlank()) {
            throw element.problem("has text beside elements, which JSON-LD can't hold");
        }
        attributes.forEach(attribute -> read(attribute, object));
        return object;
    }

    private static JsonNode scalar(XmlElement element) {
        if (element.attribute(Layout.INSTANCE, "nil").filter("true"::equals).isPresent()) {
            return NODES.nullNode();
        }
        String type = element.attribute(Layout.INSTANCE, "type").orElse("");
        String local = type.substring(type.indexOf(':') + 1);
        String text = element.text();
        if (local.equals("boolean")) {
            return bool(element, text.strip());
        }
        if (NUMBERS.contains(local)) {
            return NODES.numberNode(Values.number(text.strip())
                    .orElseThrow(() -> element.problem("\"" + text.strip() + "\" is no number of type " + type)));
        }
        return NODES.stringNode(text);
    }

    static JsonNode bool(XmlElement element, String text) {
        return switch (text) {
            case "true", "1" -> NODES.booleanNode(true);
            case "false", "0" -> NODES.booleanNode(false);
            default -> throw element.problem("\"" + text + "\" is neither true nor false");
        };
    }
}
