package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.gateway.epcis.xml.XmlElement.Attribute;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an event's element. What it holds is in the schema's order; anything that the schema does not have is refused, not dropped. */
final class EventReader {
    /** Elements that the schema has for extensions to stand in. */
    private static final List<String> WRAPPERS = List.of("extension", "baseExtension");

    private final ExtensionReader extensions;

    EventReader(ExtensionReader extensions) {
        this.extensions = extensions;
    }

    ObjectNode event(XmlElement element) {
        String type = element.name().local();
        List<String> fields = Layout.EVENTS.get(type);
        if (fields == null || !element.name().namespace().isEmpty()) {
            throw element.problem("is no event; there are "
                    + Layout.EVENTS.keySet().stream().sorted().toList());
        }
        requireNoAttributes(element);
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("type", type);
        fields(element, fields, event, this::field);
        return event;
    }

    /** Every child: a field of the standard, each after those before it and once, or an extension. */
    private void fields(
            XmlElement element, List<String> order, ObjectNode into, BiConsumer<XmlElement, ObjectNode> field) {
        requireNoText(element);
        int last = -1;
        for (XmlElement child : element.children()) {
            String name = child.name().local();
            int place = child.name().namespace().isEmpty() ? order.indexOf(name) : -1;
            if (!child.name().namespace().isEmpty()) {
                extensions.read(child, into);
            } else if (WRAPPERS.contains(name)) {
                wrapped(child, into);
            } else if (place < 0) {
                throw child.problem("is no element of " + element.name() + "; there are " + order);
            } else if (place < last) {
                throw child.problem("stands too late: " + name + " comes before " + order.get(last));
            } else if (place == last && !name.equals("certificationInfo")) {
                throw child.problem("is there twice");
            } else {
                last = place;
                field.accept(child, into);
            }
        }
    }

    private void wrapped(XmlElement wrapper, ObjectNode into) {
        requireNoText(wrapper);
        for (XmlElement child : wrapper.children()) {
            if (child.name().namespace().isEmpty()) {
                throw child.problem("is not expected; what stands in " + wrapper.name() + " has a namespace");
            }
            extensions.read(child, into);
        }
    }

    private void field(XmlElement element, ObjectNode into) {
        String name = element.name().local();
        switch (name) {
            case "errorDeclaration" -> into.set(name, errorDeclaration(element));
            case "readPoint", "bizLocation" -> fields(element, List.of("id"), into.putObject(name), this::text);
            case "persistentDisposition" -> persistent(element, into.putObject(name));
            case "ilmd" -> {
                requireNoText(element);
                into.set(name, extensions.object(element));
            }
            case "certificationInfo" -> certification(element, into);
            default -> {
                if (Layout.ITEMS.containsKey(name)) {
                    list(element, into.putArray(name));
                } else {
                    text(element, into);
                }
            }
        }
    }

    private void text(XmlElement element, ObjectNode into) {
        requireNoAttributes(element);
        String name = element.name().local();
        into.put(name, XmlWords.read(name, element.value()));
    }

    private void certification(XmlElement element, ObjectNode into) {
        String name = element.name().local();
        JsonNode before = into.get(name);
        if (before == null) {
            text(element, into);
        } else {
            ArrayNode all = before instanceof ArrayNode list
                    ? list
                    : into.putArray(name).add(before);
            all.add(element.value());
        }
    }

    /** Its elements may stand in any order. */
    private ObjectNode errorDeclaration(XmlElement element) {
        requireNoText(element);
        ObjectNode declaration = Json.MAPPER.createObjectNode();
        for (XmlElement child : element.children()) {
            String name = child.name().local();
            if (!child.name().namespace().isEmpty()) {
                extensions.read(child, declaration);
            } else if (!Layout.ERROR_DECLARATION.contains(name) || declaration.has(name)) {
                throw child.problem("is not expected; there are " + Layout.ERROR_DECLARATION + ", each once");
            } else {
                field(child, declaration);
            }
        }
        return declaration;
    }

    private static void persistent(XmlElement element, ObjectNode into) {
        requireNoText(element);
        for (XmlElement child : element.children()) {
            String name = child.name().local();
            if (!name.equals("unset") && !name.equals("set")) {
                throw child.problem("is not expected; there are unset and set");
            }
            JsonNode list = into.has(name) ? into.get(name) : into.putArray(name);
            ((ArrayNode) Objects.requireNonNull(list)).add(XmlWords.read(name, child.value()));
        }
    }

    private void list(XmlElement element, ArrayNode into) {
        requireNoText(element);
        String item = Objects.requireNonNull(Layout.ITEMS.get(element.name().local()));
        for (XmlElement child : element.children()) {
            if (!child.name().is("", item)) {
                throw child.problem("is not expected; a " + element.name() + " is made of " + item);
            }
            switch (item) {
                case "quantityElement" -> fields(child, Layout.QUANTITY, into.addObject(), this::quantity);
                case "bizTransaction", "source", "destination" -> typed(child, into.addObject());
                case "sensorElement" -> sensorElement(child, into.addObject());
                default -> into.add(child.value());
            }
        }
    }

    /** A quantity that is nil is not known, which JSON says by leaving it out. */
    private void quantity(XmlElement element, ObjectNode into) {
        String name = element.name().local();
        if (!name.equals("quantity")) {
            text(element, into);
        } else if (element.attribute(Layout.INSTANCE, "nil")
                .filter("true"::equals)
                .isEmpty()) {
            into.set(name, number(element, element.value()));
        }
    }

    private static void typed(XmlElement element, ObjectNode into) {
        String name = element.name().local();
        for (Attribute attribute : element.attributes()) {
            if (!attribute.name().is("", "type")) {
                throw element.problem("has an attribute " + attribute.name() + "; there is type and no other");
            }
            into.put("type", XmlWords.read(name, attribute.value()));
        }
        into.put(name, element.value());
    }

    private void sensorElement(XmlElement element, ObjectNode into) {
        requireNoText(element);
        for (XmlElement child : element.children()) {
            if (!child.name().namespace().isEmpty()) {
                extensions.read(child, into);
            } else if (child.name().local().equals("sensorMetadata") && !into.has("sensorReport")) {
                sensor(child, into.putObject("sensorMetadata"));
            } else if (child.name().local().equals("sensorReport")) {
                ArrayNode reports = into.has("sensorReport")
                        ? (ArrayNode) Objects.requireNonNull(into.get("sensorReport"))
                        : into.putArray("sensorReport");
                sensor(child, reports.addObject());
            } else {
                throw child.problem("is not expected; there is sensorMetadata, then sensorReport");
            }
        }
    }

    private void sensor(XmlElement element, ObjectNode into) {
        if (!element.value().isEmpty()) {
            throw element.problem("has text; what it says is in its attributes");
        }
        for (Attribute attribute : element.attributes()) {
            String name = attribute.name().local();
            if (!attribute.name().namespace().isEmpty()) {
                extensions.read(attribute, into);
            } else if (!Layout.SENSOR.contains(name)) {
                throw element.problem("has an attribute " + name + "; there are " + Layout.SENSOR);
            } else if (Layout.NUMBERS.contains(name)) {
                into.set(name, number(element, attribute.value()));
            } else if (name.equals("booleanValue")) {
                into.set(name, ExtensionReader.bool(element, attribute.value()));
            } else {
                into.put(name, XmlWords.read(name, attribute.value()));
            }
        }
    }

    private static JsonNode number(XmlElement element, String text) {
        return Json.MAPPER
                .getNodeFactory()
                .numberNode(Values.number(text.strip())
                        .orElseThrow(() -> element.problem("\"" + text + "\" is no number")));
    }

    private static void requireNoText(XmlElement element) {
        if (!element.text().isBlank()) {
            throw element.problem("has text; it is made of elements");
        }
    }

    /** Attributes of the standard's own elements mean nothing here, so none is lost unseen. */
    private static void requireNoAttributes(XmlElement element) {
        for (Attribute attribute : element.attributes()) {
            if (!attribute.name().namespace().equals(Layout.INSTANCE)) {
                throw element.problem("has an attribute " + attribute.name() + ", which JSON-LD can't hold");
            }
        }
    }
}
