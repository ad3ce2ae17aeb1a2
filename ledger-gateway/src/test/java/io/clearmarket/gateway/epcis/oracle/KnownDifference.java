package io.clearmarket.gateway.epcis.oracle;

import io.clearmarket.gateway.provenance.Gs1Uris;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where somebody else's generator hashes something else, on purpose of ours (decision 043).
 *
 * @param reason why ours is kept
 * @param away takes what it is about out of an event, or brings it into a form that has no two readings
 */
record KnownDifference(String reason, Consumer<ObjectNode> away) {
    /** Of the Python tool. */
    static final List<KnownDifference> OF_PYTHON = List.of(
            new KnownDifference(
                    "a boolean is hashed as Python writes it, True, where the XML form of the same event has true",
                    KnownDifference::withoutBooleans),
            new KnownDifference(
                    "a prefix that only GS1's own context declares is not expanded",
                    KnownDifference::withoutMasterData));

    /** Of OpenEPCIS's release, which is older than the published vectors and gives their ids for 4 documents of 11. */
    static final List<KnownDifference> OF_OPEN_EPCIS = List.of(
            new KnownDifference(
                    "sensors come after the parties and without the word sensorElementList",
                    event -> event.remove("sensorElementList")),
            new KnownDifference(
                    "sources come before destinations and master data", event -> event.remove("sourceList")),
            new KnownDifference("a place's extensions come after all fields", KnownDifference::withoutPlaceExtensions),
            new KnownDifference(
                    "items are put in order as they are spelled, before they are in one spelling",
                    KnownDifference::inOneSpelling),
            new KnownDifference(
                    "a prefix that only GS1's own context declares is not expanded",
                    KnownDifference::withoutMasterData));

    /** A copy of an event without what any of these is about. */
    static ObjectNode without(List<KnownDifference> differences, ObjectNode event) {
        ObjectNode copy = event.deepCopy();
        differences.forEach(difference -> difference.away().accept(copy));
        return copy;
    }

    private static void withoutBooleans(ObjectNode event) {
        for (JsonNode element : event.path("sensorElementList")) {
            element.path("sensorReport").forEach(report -> ((ObjectNode) report).remove("booleanValue"));
        }
    }

    private static void withoutMasterData(ObjectNode event) {
        if (event.path("ilmd") instanceof ObjectNode ilmd) {
            ilmd.remove(ilmd.propertyNames().stream()
                    .filter(name -> name.startsWith("cbvmda:"))
                    .toList());
        }
    }

    private static void withoutPlaceExtensions(ObjectNode event) {
        for (String place : List.of("readPoint", "bizLocation")) {
            if (event.path(place) instanceof ObjectNode where) {
                where.retain("id");
            }
        }
    }

    private static void inOneSpelling(ObjectNode event) {
        for (String list : List.of("epcList", "childEPCs", "inputEPCList", "outputEPCList")) {
            if (event.path(list) instanceof ArrayNode items) {
                ArrayNode canonical = Json.MAPPER.createArrayNode();
                items.forEach(item -> canonical.add(Gs1Uris.canonical(item.asString(""))));
                event.set(list, canonical);
            }
        }
    }
}
