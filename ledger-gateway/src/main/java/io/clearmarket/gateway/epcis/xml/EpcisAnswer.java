package io.clearmarket.gateway.epcis.xml;

import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.databind.JsonNode;

/**
 * Events as an answer.
 *
 * @param json an EPCIS query document, or one event
 * @param words how GS1's words are spelled where it is answered in XML
 */
public record EpcisAnswer(@JsonValue JsonNode json, XmlWords words) implements InXml {
    @Override
    public byte[] xml() {
        return EpcisXmlWriter.write(json, words);
    }
}
