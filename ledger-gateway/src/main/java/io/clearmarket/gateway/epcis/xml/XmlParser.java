package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.xml.XmlElement.Attribute;
import io.clearmarket.gateway.epcis.xml.XmlElement.Name;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML from strangers: no document type declaration, so no entities of their own and nothing to fetch; so deep and so many elements and no
 * more. The size is the caller's to limit.
 */
final class XmlParser {
    private static final int DEEPEST = 40;
    private static final int MOST_ELEMENTS = 200_000;

    private final Map<String, String> declared = new LinkedHashMap<>();
    private int elements;

    private XmlParser() {}

    /**
     * A document.
     *
     * @param declared the namespaces of its prefixes; of one that is declared twice the first
     */
    record Parsed(XmlElement root, Map<String, String> declared) {}

    /** @throws EpcisProblem if it is not XML, or more than is taken */
    static Parsed parse(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XmlParser parser = new XmlParser();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            return new Parsed(parser.document(reader), parser.declared);
        } catch (XMLStreamException e) {
            throw new EpcisProblem(
                    Kind.VALIDATION,
                    "not an XML document: "
                            + String.valueOf(e.getMessage())
                                    .replaceAll("\\s+", " ")
                                    .strip());
        }
    }

    private XmlElement document(XMLStreamReader reader) throws XMLStreamException {
        XmlElement root = null;
        XmlElement current = null;
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD ->
                    throw new EpcisProblem(
                            Kind.VALIDATION, "a document type declaration (DOCTYPE) is not taken; leave it out");
                case XMLStreamConstants.START_ELEMENT -> {
                    current = element(reader, current);
                    root = root == null ? current : root;
                    requireBounds(current, ++depth);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    current = Objects.requireNonNull(current).parent();
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (current != null) {
                        current.add(reader.getText());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new EpcisProblem(Kind.VALIDATION, "the entity " + reader.getLocalName() + " is not known");
                default -> {}
            }
        }
        return Objects.requireNonNull(root);
    }

    private void requireBounds(XmlElement current, int depth) {
        if (depth > DEEPEST) {
            throw current.problem("is too deep: at most " + DEEPEST + " elements inside each other are taken");
        }
        if (++elements > MOST_ELEMENTS) {
            throw current.problem("is one too many: at most " + MOST_ELEMENTS + " elements are taken");
        }
    }

    private XmlElement element(XMLStreamReader reader, @Nullable XmlElement parent) {
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = reader.getNamespacePrefix(i);
            String namespace = reader.getNamespaceURI(i);
            if (prefix != null && namespace != null) {
                declared.putIfAbsent(prefix, namespace);
            }
        }
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.add(new Attribute(
                    name(
                            reader.getAttributeNamespace(i),
                            reader.getAttributePrefix(i),
                            reader.getAttributeLocalName(i)),
                    reader.getAttributeValue(i)));
        }
        Name name = name(reader.getNamespaceURI(), reader.getPrefix(), reader.getLocalName());
        return new XmlElement(parent, name, reader.getLocation().getLineNumber(), attributes);
    }

    private static Name name(@Nullable String namespace, @Nullable String prefix, String local) {
        return new Name(namespace == null ? "" : namespace, prefix == null ? "" : prefix, local);
    }
}
