package io.clearmarket.gateway.epcis;

import io.clearmarket.wallet.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Documents with one thing wrong in each, and where it is. */
final class InvalidDocuments {
    private static final String AGGREGATION = """
            {"type": "AggregationEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+00:00",
             "action": "ADD", "parentID": "urn:epc:id:sscc:4012345.0000000001",
             "childEPCs": ["urn:epc:id:sgtin:0614141.107346.1"]}""";

    private static final String TRANSFORMATION = """
            {"type": "TransformationEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+00:00",
             "inputEPCList": ["urn:epc:id:sgtin:0614141.107346.1"], "outputEPCList": ["urn:epc:id:sgtin:0614141.107346.2"]}""";

    private static final String QUANTITIES = """
            "quantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.1", "quantity": 1.5}]""";

    private final List<Invalid> all = new ArrayList<>();

    /**
     * One of them.
     *
     * @param place the JSON pointer inside the event
     */
    record Invalid(String what, String document, String place) {}

    /** A document of these events. */
    static String of(String events) {
        return """
            {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ex": "http://ns.example.com/"}],
             "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-01T00:00:00Z",
             "epcisBody": {"eventList": [%s]}}""".formatted(events);
    }

    /** A sound event about an item. */
    static String sound(String serial) {
        return """
            {"type": "ObjectEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+00:00",
             "action": "OBSERVE", "bizStep": "receiving", "epcList": ["urn:epc:id:sgtin:0614141.107346.%s"]}""".formatted(serial);
    }

    static List<Invalid> all() {
        InvalidDocuments documents = new InvalidDocuments();
        documents.bySchema();
        documents.byRule();
        return documents.all;
    }

    private void bySchema() {
        object("no event time", "", event -> event.remove("eventTime"));
        object("an event time that is none", "/eventTime", event -> event.put("eventTime", "yesterday"));
        object("an offset out of range", "/eventTimeZoneOffset", event -> event.put("eventTimeZoneOffset", "+15:00"));
        object("an unknown action", "/action", event -> event.put("action", "MOVE"));
        object("a bare word of no vocabulary", "/bizStep", event -> event.put("bizStep", "juggling"));
        object(
                "an EPC that is no URI",
                "/epcList/0",
                event -> event.putArray("epcList").add("item 1"));
        object("a field without a namespace", "", event -> event.put("colour", "red"));
        add(
                "a transaction event without transactions",
                sound("1").replace("ObjectEvent", "TransactionEvent"),
                "",
                e -> {});
        object(
                "an empty sensor report",
                "/sensorElementList/0/sensorReport",
                event -> event.putArray("sensorElementList").addObject().putArray("sensorReport"));
    }

    private void byRule() {
        object("a name that no index takes", "/eventID", event -> event.put("eventID", "urn:x:" + "9".repeat(800)));
        object("an object event about nothing", "/epcList", event -> event.putArray("epcList"));
        object("an event in the future", "/eventTime", event -> event.put("eventTime", "2126-01-01T00:00:00Z"));
        object(
                "an item named twice, in two spellings",
                "/epcList/1",
                event -> event.putArray("epcList")
                        .add("urn:epc:id:sgtin:4012345.012345.1")
                        .add("https://id.gs1.org/01/04012345123456/21/1"));
        object(
                "a wrong check digit",
                "/epcList/0",
                event -> event.putArray("epcList").add("https://id.gs1.org/01/04012345123457/21/1"));
        object("a prefix that is not declared", "/nobody:colour", event -> event.put("nobody:colour", "red"));
        object(
                "master data of an item that exists already",
                "/ilmd",
                event -> event.putObject("ilmd").put("ex:a", "b"));
        object("a correction by itself", "/errorDeclaration/correctiveEventIDs/0", event -> {
            event.put("eventID", "urn:uuid:7");
            event.putObject("errorDeclaration")
                    .put("declarationTime", "2026-01-01T00:00:00Z")
                    .putArray("correctiveEventIDs")
                    .add("urn:uuid:7");
        });
        object(
                "half a piece",
                "/quantityList/0/quantity",
                event -> event.set(
                        "quantityList",
                        Json.MAPPER.readTree("{" + QUANTITIES + "}").path("quantityList")));
        add("a packing without a parent", AGGREGATION, "/parentID", event -> event.remove("parentID"));
        add("a packing of nothing", AGGREGATION, "/childEPCs", event -> event.putArray("childEPCs"));
        add("a transformation of nothing", TRANSFORMATION, "/inputEPCList", event -> event.putArray("inputEPCList"));
    }

    private void object(String what, String place, Consumer<ObjectNode> change) {
        add(what, sound("1"), place, change);
    }

    private void add(String what, String event, String place, Consumer<ObjectNode> change) {
        ObjectNode node = (ObjectNode) Json.MAPPER.readTree(event);
        change.accept(node);
        all.add(new Invalid(what, of(Json.MAPPER.writeValueAsString(node)), place));
    }
}
