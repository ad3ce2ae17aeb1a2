package io.clearmarket.gateway.finance;

import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML of one namespace; the writer escapes. */
final class Xml {
    private final XMLStreamWriter out;

    Xml(Writer text) throws XMLStreamException {
        this.out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    void startDocument(String root, String namespace) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeStartElement(root);
        out.writeDefaultNamespace(namespace);
    }

    void endDocument() throws XMLStreamException {
        out.writeEndDocument();
        out.flush();
    }

    void start(String name) throws XMLStreamException {
        out.writeStartElement(name);
    }

    void end() throws XMLStreamException {
        out.writeEndElement();
    }

    void leaf(String name, String text) throws XMLStreamException {
        start(name);
        out.writeCharacters(text);
        end();
    }

    /** An amount with its currency. */
    void amount(String name, String currency, String amount) throws XMLStreamException {
        start(name);
        out.writeAttribute("Ccy", currency);
        out.writeCharacters(amount);
        end();
    }
}
