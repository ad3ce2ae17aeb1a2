package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads EPCIS 2.0 XML into JSON-LD; whether its values are valid is for the JSON schema and the rules after it, as for any document. */
public final class EpcisXmlReader {
    private final XmlElement root;
    private final Prefixes prefixes;
    private final ExtensionReader extensions;
    private final EventReader events;

    private EpcisXmlReader(XmlParser.Parsed parsed) {
        this.root = parsed.root();
        this.prefixes = new Prefixes(parsed.declared());
        this.extensions = new ExtensionReader(prefixes);
        this.events = new EventReader(extensions);
    }

    /**
     * An EPCISDocument or EPCISQueryDocument.
     *
     * @throws EpcisProblem if it is none, with the place as an XPath
     */
    public static ObjectNode document(byte[] xml) {
        return new EpcisXmlReader(XmlParser.parse(xml)).document();
    }

    /**
     * One event: an EPCISDocument that holds one, since GS1's schema has no event outside of a document.
     *
     * @return a bare JSON-LD event, with its context
     * @throws EpcisProblem if it is none, with the place as an XPath
     */
    public static ObjectNode event(byte[] xml) {
        EpcisXmlReader reader = new EpcisXmlReader(XmlParser.parse(xml));
        ObjectNode document = reader.document();
        ArrayNode list = (ArrayNode) document.path("epcisBody").path("eventList");
        if (list.size() != 1) {
            throw reader.root.problem("has " + list.size() + " events; send one here, and more to /epcis/capture");
        }
        ObjectNode event = (ObjectNode) list.path(0);
        event.set("@context", document.path("@context"));
        return event;
    }

    private ObjectNode document() {
        boolean query = root.name().is(Layout.QUERY, "EPCISQueryDocument");
        if (!query && !root.name().is(Layout.EPCIS, "EPCISDocument")) {
            throw root.problem("is no document of EPCIS 2.0; it must be EPCISDocument in the namespace " + Layout.EPCIS
                    + " or EPCISQueryDocument in " + Layout.QUERY);
        }
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("type", root.name().local());
        for (String name : List.of("schemaVersion", "creationDate")) {
            document.put(name, root.attribute("", name).orElseThrow(() -> root.problem("has no attribute " + name)));
        }
        root.child("EPCISHeader").ifPresent(header -> header(header, document));
        XmlElement body = child(root, "EPCISBody");
        ObjectNode written = document.putObject("epcisBody");
        if (query) {
            results(body, written.putObject("queryResults"));
        } else {
            eventList(body, written.putArray("eventList"));
        }
        for (XmlElement other : root.children()) {
            if (!other.name().namespace().isEmpty()) {
                extensions.read(other, document);
            } else if (!List.of("EPCISHeader", "EPCISBody")
                    .contains(other.name().local())) {
                throw other.problem("is not expected; there are EPCISHeader and EPCISBody");
            }
        }
        document.set("@context", prefixes.context());
        return document;
    }

    private void results(XmlElement body, ObjectNode written) {
        XmlElement results = body.children().stream()
                .filter(child -> child.name().is(Layout.QUERY, "QueryResults"))
                .findFirst()
                .orElseThrow(() -> body.problem("has no QueryResults in the namespace " + Layout.QUERY));
        written.put("queryName", child(results, "queryName").value());
        results.child("subscriptionID").ifPresent(id -> written.put("subscriptionID", id.value()));
        eventList(
                child(results, "resultsBody"), written.putObject("resultsBody").putArray("eventList"));
    }

    private void eventList(XmlElement body, ArrayNode written) {
        for (XmlElement list : body.children()) {
            if (!list.name().is("", "EventList") || list != body.children().getFirst()) {
                throw list.problem("is not expected; there is one EventList");
            }
            list.children().forEach(event -> written.add(events.event(event)));
        }
    }

    /** Sender, receiver and number of the message, and master data. */
    private void header(XmlElement header, ObjectNode document) {
        for (XmlElement child : header.children()) {
            if (child.name().is(Layout.HEADER, "StandardBusinessDocumentHeader")) {
                standard(child, document);
            } else if (child.name().is("", "extension")) {
                XmlElement master = child(child, "EPCISMasterData");
                ArrayNode vocabularies = document.putObject("epcisHeader")
                        .putObject("epcisMasterData")
                        .putArray("vocabularyList");
                child(master, "VocabularyList").children().forEach(one -> vocabulary(one, vocabularies.addObject()));
            } else {
                throw child.problem("is not expected; there are StandardBusinessDocumentHeader and extension");
            }
        }
    }

    private static void standard(XmlElement header, ObjectNode document) {
        of(header, "Sender", "Identifier").ifPresent(sender -> document.put("sender", sender.value()));
        of(header, "Receiver", "Identifier").ifPresent(receiver -> document.put("receiver", receiver.value()));
        of(header, "DocumentIdentification", "InstanceIdentifier")
                .ifPresent(number -> document.put("instanceIdentifier", number.value()));
    }

    private static Optional<XmlElement> of(XmlElement header, String outer, String inner) {
        return header.children().stream()
                .filter(child -> child.name().is(Layout.HEADER, outer))
                .flatMap(child -> child.children().stream())
                .filter(child -> child.name().is(Layout.HEADER, inner))
                .findFirst();
    }

    private void vocabulary(XmlElement vocabulary, ObjectNode written) {
        written.put("type", attribute(vocabulary, "type"));
        ArrayNode list = written.putArray("vocabularyElementList");
        for (XmlElement element : child(vocabulary, "VocabularyElementList").children()) {
            ObjectNode one = list.addObject();
            one.put("id", attribute(element, "id"));
            ArrayNode attributes = Json.MAPPER.createArrayNode();
            for (XmlElement child : element.children()) {
                if (child.name().is("", "attribute")) {
                    masterAttribute(child, attributes.addObject());
                } else if (child.name().is("", "children")) {
                    ArrayNode children = one.putArray("children");
                    child.children().forEach(id -> children.add(id.value()));
                } else {
                    throw child.problem("is not expected; there are attribute and children");
                }
            }
            if (!attributes.isEmpty()) {
                one.set("attributes", attributes);
            }
        }
    }

    private void masterAttribute(XmlElement attribute, ObjectNode written) {
        written.put("id", attribute(attribute, "id"));
        if (attribute.children().isEmpty()) {
            written.put("attribute", attribute.text().strip());
        } else {
            written.set("attribute", extensions.object(attribute));
        }
    }

    private static XmlElement child(XmlElement element, String name) {
        return element.child(name).orElseThrow(() -> element.problem("has no " + name));
    }

    private static String attribute(XmlElement element, String name) {
        return element.attribute("", name).orElseThrow(() -> element.problem("has no attribute " + name));
    }
}
