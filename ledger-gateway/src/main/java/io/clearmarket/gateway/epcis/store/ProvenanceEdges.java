package io.clearmarket.gateway.epcis.store;

import io.clearmarket.gateway.provenance.Gs1Uris;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What an event says came of what. */
public final class ProvenanceEdges {
    private static final Pattern ITEM = Pattern.compile("(https://id\\.gs1\\.org/01/\\d{14})/21/.+");

    /**
     * How one thing came of another.
     *
     * @param source the earlier: an input, a lot, a part, what was packed
     */
    public record Edge(String source, Kind kind, String target) {}

    /** Ways of coming of something. */
    public enum Kind {
        /** Went into a transformation. */
        INPUT,
        /** Came out of a transformation. */
        OUTPUT,
        /** Is an item of this lot, by the master data that it was commissioned with. */
        LOT,
        /** Was built into something (AssociationEvent). */
        PART,
        /** Was packed into something (AggregationEvent): where it went, not what became of it. */
        PACKED
    }

    private final JsonNode event;
    private final Set<Edge> edges = new LinkedHashSet<>();

    private ProvenanceEdges(JsonNode event) {
        this.event = event;
    }

    /** @param hash the event's hash id, which names a transformation that has no id of its own */
    public static Set<Edge> of(JsonNode event, String hash) {
        ProvenanceEdges found = new ProvenanceEdges(event);
        switch (event.path("type").asString("")) {
            case "TransformationEvent" -> found.transformation(hash);
            case "AggregationEvent" -> found.contained(Kind.PACKED);
            case "AssociationEvent" -> found.contained(Kind.PART);
            default -> found.lots();
        }
        return found.edges;
    }

    private void transformation(String hash) {
        String id = event.path("transformationID").asString(hash);
        things("inputEPCList", "inputQuantityList").forEach(thing -> edges.add(new Edge(thing, Kind.INPUT, id)));
        things("outputEPCList", "outputQuantityList").forEach(thing -> edges.add(new Edge(id, Kind.OUTPUT, thing)));
        lots();
    }

    /** What was taken out had been in: only what puts together is an edge. */
    private void contained(Kind kind) {
        if (event.path("parentID").isString()
                && !event.path("action").asString("").equals("DELETE")) {
            String parent = Gs1Uris.canonical(event.path("parentID").stringValue());
            things("childEPCs", "childQuantityList").forEach(child -> edges.add(new Edge(child, kind, parent)));
        }
    }

    /** Serial items of a lot that the master data names (CBV 2.0, section 9.2: cbvmda:lotNumber). */
    private void lots() {
        String lot = event.path("ilmd").path("cbvmda:lotNumber").asString("");
        if (lot.isEmpty()) {
            return;
        }
        for (String list : List.of("epcList", "outputEPCList")) {
            for (JsonNode epc : event.path(list)) {
                String item = Gs1Uris.canonical(epc.asString(""));
                Matcher parts = ITEM.matcher(item);
                if (parts.matches()) {
                    edges.add(new Edge(Gs1Uris.canonical(parts.group(1) + "/10/" + lot), Kind.LOT, item));
                }
            }
        }
    }

    private List<String> things(String epcs, String quantities) {
        List<String> all = new ArrayList<>();
        event.path(epcs).forEach(epc -> all.add(Gs1Uris.canonical(epc.asString(""))));
        event.path(quantities)
                .forEach(element ->
                        all.add(Gs1Uris.canonical(element.path("epcClass").asString(""))));
        return all;
    }
}
