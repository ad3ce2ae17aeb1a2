package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes members of other namespaces as elements, the reverse of {@link ExtensionReader}. */
final class ExtensionWriter {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}._-]*");
    private static final Pattern IRI = Pattern.compile("(.*[/#:])([^/#:]+)");

    private final XmlOut out;
    private final Map<String, String> namespaces;

    /** @param namespaces of the prefixes in force inside the event */
    ExtensionWriter(XmlOut out, Map<String, String> namespaces) {
        this.out = out;
        this.namespaces = namespaces;
    }

    /** A name in XML. */
    private record Qualified(String namespace, String prefix, String local) {}

    /** True for a member of another namespace. */
    static boolean isExtension(String key) {
        return key.indexOf(':') >= 0;
    }

    /** Writes all members that are extensions. */
    void all(JsonNode object) {
        each(object, ExtensionWriter::isExtension);
    }

    /** Writes what an extension's object holds, whatever its names. */
    void each(JsonNode object, Predicate<String> which) {
        object.properties().forEach(member -> {
            if (which.test(member.getKey()) && !member.getKey().equals("@context")) {
                for (JsonNode one : member.getValue().isArray() ? member.getValue() : List.of(member.getValue())) {
                    element(member.getKey(), one);
                }
            }
        });
    }

    /** Writes a member of the sensor's objects, whose fields are attributes. */
    void attribute(String key, JsonNode value) {
        if (value.isContainer()) {
            throw unwritable(key, "is no text, and sensorMetadata and sensorReport have attributes only");
        }
        Qualified name = qualified(key);
        if (name.namespace().isEmpty()) {
            out.attribute(name.local(), value.asString(""));
        } else {
            out.attribute(name.namespace(), name.prefix(), name.local(), value.asString(""));
        }
    }

    private void element(String key, JsonNode value) {
        Qualified name = qualified(key);
        if (name.namespace().isEmpty()) {
            out.start(name.local());
        } else {
            out.start(name.namespace(), name.prefix(), name.local());
        }
        if (value.isArray()) {
            throw unwritable(key, "is a list inside a list");
        } else if (!value.isObject()) {
            scalar(value);
        } else if (value.has(ExtensionReader.TEXT)) {
            value.properties().stream()
                    .filter(member -> !member.getKey().equals(ExtensionReader.TEXT))
                    .forEach(member -> attribute(member.getKey(), member.getValue()));
            scalar(value.path(ExtensionReader.TEXT));
        } else {
            each(value, all -> true);
        }
        out.end();
    }

    private void scalar(JsonNode value) {
        switch (value.getNodeType()) {
            case NULL -> out.attribute(Layout.INSTANCE, "xsi", "nil", "true");
            case BOOLEAN -> typed("boolean", value.asString());
            case NUMBER ->
                typed(
                        value.isIntegralNumber() ? "integer" : "decimal",
                        value.decimalValue().toPlainString());
            default -> out.text(value.asString(""));
        }
    }

    private void typed(String type, String text) {
        out.attribute(Layout.INSTANCE, "xsi", "type", "xsd:" + type).text(text);
    }

    private Qualified qualified(String key) {
        int colon = key.indexOf(':');
        String prefix = colon < 0 ? "" : key.substring(0, colon);
        String namespace = colon < 0 ? "" : namespaces.get(prefix);
        Matcher iri = IRI.matcher(key);
        Qualified name = namespace != null
                ? new Qualified(Prefixes.xmlNamespace(namespace), prefix, key.substring(colon + 1))
                : iri.matches()
                        ? new Qualified(Prefixes.xmlNamespace(iri.group(1)), "ns1", iri.group(2))
                        : new Qualified("", "", key);
        if (!NAME.matcher(name.local()).matches()) {
            throw unwritable(key, "is no name in XML");
        }
        return name;
    }

    private static EpcisProblem unwritable(String key, String reason) {
        return new EpcisProblem(
                Kind.NOT_ACCEPTABLE,
                "an event has a field that can't be written in XML; ask for JSON: " + key + " " + reason);
    }
}
