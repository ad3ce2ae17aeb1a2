package io.clearmarket.gateway.epcis.xml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a document, element by element. Characters that XML 1.0 has not are written as U+FFFD. */
final class XmlOut {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter writer;
    private final Map<String, String> prefixes = new LinkedHashMap<>();
    private final Map<String, String> declaredHere = new HashMap<>();

    private interface Step {
        void run() throws XMLStreamException;
    }

    /** @param prefixes of the namespaces that the root declares */
    XmlOut(String rootNamespace, String rootName, Map<String, String> prefixes) {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        this.prefixes.putAll(prefixes);
        write(() -> {
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            writer.writeStartElement(prefix(rootNamespace), rootName, rootNamespace);
            for (Map.Entry<String, String> one : prefixes.entrySet()) {
                writer.writeNamespace(one.getValue(), one.getKey());
            }
        });
    }

    /** An element in no namespace, as those of GS1's schema are. */
    XmlOut start(String name) {
        declaredHere.clear();
        return write(() -> writer.writeStartElement(name));
    }

    /** An element of a namespace; one that the root does not declare is declared here. */
    XmlOut start(String namespace, String wantedPrefix, String name) {
        declaredHere.clear();
        String prefix = prefixOf(namespace, wantedPrefix);
        return write(() -> {
            writer.writeStartElement(prefix, name, namespace);
            declare(namespace, prefix);
        });
    }

    XmlOut attribute(String name, String value) {
        return write(() -> writer.writeAttribute(name, legal(value)));
    }

    XmlOut attribute(String namespace, String wantedPrefix, String name, String value) {
        String prefix = prefixOf(namespace, wantedPrefix);
        return write(() -> {
            declare(namespace, prefix);
            writer.writeAttribute(prefix, namespace, name, legal(value));
        });
    }

    private String prefixOf(String namespace, String wanted) {
        String known = prefixes.getOrDefault(namespace, declaredHere.get(namespace));
        String prefix = known == null ? wanted : known;
        for (int n = 1; known == null && (prefixes.containsValue(prefix) || declaredHere.containsValue(prefix)); n++) {
            prefix = "ns" + n;
        }
        return prefix;
    }

    private void declare(String namespace, String prefix) throws XMLStreamException {
        if (!prefixes.containsKey(namespace) && declaredHere.putIfAbsent(namespace, prefix) == null) {
            writer.writeNamespace(prefix, namespace);
        }
    }

    XmlOut text(String text) {
        return write(() -> writer.writeCharacters(legal(text)));
    }

    XmlOut end() {
        return write(writer::writeEndElement);
    }

    /** An element of nothing but text. */
    XmlOut element(String name, String text) {
        return start(name).text(text).end();
    }

    byte[] finished() {
        write(writer::writeEndDocument);
        write(writer::flush);
        return bytes.toByteArray();
    }

    private String prefix(String namespace) {
        return prefixes.getOrDefault(namespace, "");
    }

    private XmlOut write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // nothing outside of memory is written
        }
        return this;
    }

    /** XML 1.0, section 2.2. */
    private static String legal(String text) {
        if (text.codePoints().allMatch(XmlOut::isLegal)) {
            return text;
        }
        StringBuilder legal = new StringBuilder();
        text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : 0xFFFD));
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
