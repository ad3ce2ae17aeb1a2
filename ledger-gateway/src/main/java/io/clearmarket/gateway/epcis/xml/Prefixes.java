package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.xml.XmlElement.Name;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.wallet.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Namespaces of a document that is read, as prefixes of its JSON-LD context. A namespace is its prefix's IRI unchanged, so that a name is the same
 * in the event's hash; only the CBV's master data, which GS1 spells with a colon in JSON-LD and without one in XML, is respelled.
 */
final class Prefixes {
    private static final String MASTER_DATA = "urn:epcglobal:cbv:mda";

    /** What GS1's context declares by itself. */
    static final Map<String, String> GIVEN = Map.of(
            "epcis", "https://ref.gs1.org/epcis/",
            "cbv", "https://ref.gs1.org/cbv/",
            "cbvmda", MASTER_DATA + ":",
            "gs1", "https://gs1.org/voc/",
            "rdfs", "http://www.w3.org/2000/01/rdf-schema#",
            "owl", "http://www.w3.org/2002/07/owl#",
            "xsd", "http://www.w3.org/2001/XMLSchema#",
            "dcterms", "http://purl.org/dc/terms/");

    /** Namespaces that only XML has. */
    private static final Set<String> OF_XML =
            Set.of(Layout.EPCIS, Layout.QUERY, Layout.HEADER, Layout.INSTANCE, Layout.SCHEMA);

    private final Map<String, String> byNamespace = new HashMap<>();
    private final Map<String, String> declared = new LinkedHashMap<>();

    /** @param inDocument the namespaces of the prefixes that it declares */
    Prefixes(Map<String, String> inDocument) {
        inDocument.forEach((prefix, namespace) -> {
            if (!OF_XML.contains(namespace)) {
                assign(jsonNamespace(namespace), prefix);
            }
        });
        GIVEN.forEach((prefix, namespace) -> {
            if (!declared.containsKey(prefix)) {
                byNamespace.putIfAbsent(namespace, prefix);
            }
        });
    }

    /** A member's name in JSON-LD. */
    String key(Name name) {
        if (name.namespace().isEmpty()) {
            return name.local();
        }
        String namespace = jsonNamespace(name.namespace());
        String prefix = byNamespace.get(namespace);
        return (prefix == null ? assign(namespace, name.prefix()) : prefix) + ":" + name.local();
    }

    /** The context for what was read so far. */
    ArrayNode context() {
        ArrayNode context = Json.MAPPER.createArrayNode().add(EpcisDocument.CONTEXT);
        if (!declared.isEmpty()) {
            ObjectNode own = context.addObject();
            declared.forEach(own::put);
        }
        return context;
    }

    private String assign(String namespace, String wanted) {
        String base = wanted.isEmpty() ? "ns" : wanted;
        String prefix = base;
        for (int n = 2; !isFree(prefix, namespace); n++) {
            prefix = base + n;
        }
        byNamespace.putIfAbsent(namespace, prefix);
        if (!namespace.equals(GIVEN.get(prefix))) {
            declared.put(prefix, namespace);
        }
        return prefix;
    }

    /** A prefix of GS1's context may be declared anew, but not after something was read that has it. */
    private boolean isFree(String prefix, String namespace) {
        return namespace.equals(declared.getOrDefault(prefix, namespace)) && !isTaken(prefix, namespace);
    }

    private boolean isTaken(String prefix, String namespace) {
        return byNamespace.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().equals(prefix) && !entry.getKey().equals(namespace));
    }

    private static String jsonNamespace(String namespace) {
        return namespace.equals(MASTER_DATA) ? MASTER_DATA + ":" : namespace;
    }

    /** A namespace as XML spells it. */
    static String xmlNamespace(String namespace) {
        return namespace.equals(MASTER_DATA + ":") ? MASTER_DATA : namespace;
    }
}
