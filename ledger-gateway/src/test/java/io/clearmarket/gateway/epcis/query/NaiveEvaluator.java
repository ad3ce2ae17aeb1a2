package io.clearmarket.gateway.epcis.query;

import static io.clearmarket.gateway.epcis.query.GeneratedEvents.START;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.link;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.lot;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.place;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.urn;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What queries are to find among {@link GeneratedEvents}, as a plain reader of the JSON would say it: the other side of {@link FilterTest}.
 */
final class NaiveEvaluator {
    static final Instant MIDDLE = START.plusSeconds(50_000);

    /** Fields that an event may have or not. */
    private static final List<String> STANDARD = List.of(
            "action",
            "bizLocation",
            "bizStep",
            "bizTransactionList",
            "childEPCs",
            "childQuantityList",
            "destinationList",
            "disposition",
            "epcList",
            "errorDeclaration",
            "ilmd",
            "inputEPCList",
            "inputQuantityList",
            "outputEPCList",
            "outputQuantityList",
            "parentID",
            "persistentDisposition",
            "quantityList",
            "readPoint",
            "sensorElementList",
            "sourceList",
            "transformationID");

    private NaiveEvaluator() {}

    /** How a parameter compares what was found with what was asked. */
    enum Comparison {
        EQ,
        GT,
        GE,
        LT,
        LE;

        /** @param found what {@code compareTo} says of what was found and what was asked */
        boolean holds(int found) {
            return switch (this) {
                case EQ -> found == 0;
                case GT -> found > 0;
                case GE -> found >= 0;
                case LT -> found < 0;
                case LE -> found <= 0;
            };
        }
    }

    /**
     * What each query is to find, by the query.
     *
     * @param some id of an event that is there
     */
    static Map<String, Predicate<JsonNode>> filters(String some) {
        Map<String, Predicate<JsonNode>> all = new LinkedHashMap<>();
        common(all, some);
        named(all);
        things(all);
        NaiveSensors.filters(all);
        NaiveExtensions.filters(all);
        return all;
    }

    private static void common(Map<String, Predicate<JsonNode>> all, String some) {
        all.put(
                "eventType=ObjectEvent|TransactionEvent",
                e -> Set.of("ObjectEvent", "TransactionEvent").contains(text(e, "type")));
        times(all, "eventTime", MIDDLE, e -> Stream.of(e.path("eventTime")));
        times(all, "recordTime", START.plusSeconds(500), e -> Stream.of(e.path("recordTime")));
        times(
                all,
                "errorDeclarationTime",
                MIDDLE,
                e -> e.path("errorDeclaration").path("declarationTime").isMissingNode()
                        ? Stream.of()
                        : Stream.of(e.path("errorDeclaration").path("declarationTime")));
        all.put("EQ_action=ADD", e -> text(e, "action").equals("ADD"));
        all.put("EQ_bizStep=shipping", e -> text(e, "bizStep").equals("shipping"));
        all.put(
                "EQ_bizStep=https://ref.gs1.org/cbv/BizStep-shipping|https://example.com/steps/polishing",
                e -> Set.of("shipping", "https://example.com/steps/polishing").contains(text(e, "bizStep")));
        all.put(
                "EQ_disposition=urn:epcglobal:cbv:disp:in_transit",
                e -> text(e, "disposition").equals("in_transit"));
        all.put(
                "EQ_persistentDisposition_set=expired",
                e -> texts(e.path("persistentDisposition").path("set")).anyMatch("expired"::equals));
        all.put(
                "EQ_persistentDisposition_unset=https://ref.gs1.org/cbv/Disp-in_transit",
                e -> texts(e.path("persistentDisposition").path("unset")).anyMatch("in_transit"::equals));
        all.put(
                "EQ_readPoint=https://id.gs1.org/414/4012345000009",
                e -> at(e, "readPoint").equals(place(0)));
        all.put("EQ_bizLocation=" + place(3), e -> at(e, "bizLocation").equals(place(3)));
        all.put(
                "EQ_bizTransaction_po=urn:example:transaction:1",
                e -> typed(e, "bizTransaction", "po").anyMatch("urn:example:transaction:1"::equals));
        all.put(
                "EQ_source_owning_party=urn:epc:id:pgln:4012345.00221",
                e -> typed(e, "source", "owning_party").anyMatch("urn:epc:id:pgln:4012345.00221"::equals));
        all.put(
                "EQ_destination_location=" + place(2),
                e -> typed(e, "destination", "location").anyMatch(place(2)::equals));
        all.put(
                "EQ_transformationID=urn:example:transformation:3",
                e -> text(e, "transformationID").equals("urn:example:transformation:3"));
        all.put(
                "EQ_errorReason=did_not_occur",
                e -> text(e.path("errorDeclaration"), "reason").equals("did_not_occur"));
        all.put(
                "EQ_correctiveEventID=urn:uuid:corrective-2",
                e -> texts(e.path("errorDeclaration").path("correctiveEventIDs"))
                        .anyMatch("urn:uuid:corrective-2"::equals));
        all.put("EQ_eventID=" + some, e -> text(e, "eventID").equals(some));
    }

    /** What the master data say of places, words and classes, see {@link FilterTest}; and what is there at all. */
    private static void named(Map<String, Predicate<JsonNode>> all) {
        for (String field : List.of("readPoint", "bizLocation")) {
            all.put(
                    "WD_" + field + "=" + place(1),
                    e -> Set.of(place(1), place(2)).contains(at(e, field)));
            described(all, field, e -> at(e, field).equals(place(1)));
        }
        described(all, "bizStep", e -> text(e, "bizStep").equals("shipping"));
        described(all, "disposition", e -> text(e, "disposition").equals("expired"));
        described(
                all,
                "epcClass",
                e -> elements(e).anyMatch(one -> text(one, "epcClass").equals(lot(3))));
        for (String field : STANDARD) {
            all.put("EXISTS_" + field + "=", e -> e.has(field));
        }
    }

    private static void described(Map<String, Predicate<JsonNode>> all, String field, Predicate<JsonNode> predicate) {
        all.put("HASATTR_" + field + "=urn:example:kind", predicate);
        all.put("EQATTR_" + field + "_urn:example:kind=cold", predicate);
        all.put("EQATTR_" + field + "_urn:example:kind=warm|cold", predicate);
    }

    /** The four comparisons of an instant. */
    static void times(
            Map<String, Predicate<JsonNode>> all,
            String name,
            Instant asked,
            Function<JsonNode, Stream<JsonNode>> found) {
        for (Comparison comparison : Comparison.values()) {
            if (comparison != Comparison.EQ) {
                all.put(
                        comparison + "_" + name + "=" + asked,
                        e -> found.apply(e).anyMatch(at -> comparison.holds(time(at).compareTo(asked))));
            }
        }
    }

    private static void things(Map<String, Predicate<JsonNode>> all) {
        all.put("MATCH_epc=" + urn(7), e -> item(e, 7, "epcList", "childEPCs"));
        all.put(
                "MATCH_epc=" + link(7) + "|" + urn(9),
                e -> item(e, 7, "epcList", "childEPCs") || item(e, 9, "epcList", "childEPCs"));
        all.put(
                "MATCH_epc=" + link(),
                e -> !e.path("epcList").isEmpty() || !e.path("childEPCs").isEmpty());
        all.put(
                "MATCH_inputEPC=urn:epc:idpat:sgtin:0614141.*.*",
                e -> !e.path("inputEPCList").isEmpty());
        all.put(
                "MATCH_parentID=urn:epc:id:sscc:4012345.0000000003",
                e -> text(e, "parentID").equals("urn:epc:id:sscc:4012345.0000000003"));
        all.put(
                "MATCH_parentID=urn:epc:idpat:sscc:4012345.*",
                e -> text(e, "parentID").startsWith("urn:epc:id:sscc:4012345."));
        all.put(
                "MATCH_parentID=urn:epc:idpat:sscc:*.*",
                e -> text(e, "parentID").startsWith("urn:epc:id:sscc:"));
        all.put(
                "MATCH_epc=urn:epc:idpat:sgtin:0614141.107346.*",
                e -> !e.path("epcList").isEmpty() || !e.path("childEPCs").isEmpty());
        all.put(
                "MATCH_anyEPC=urn:epc:idpat:sgtin:*.*.*",
                e -> Stream.of("epcList", "childEPCs", "inputEPCList", "outputEPCList")
                        .anyMatch(list -> !e.path(list).isEmpty()));
        all.put(
                "MATCH_epcClass=urn:epc:idpat:sgtin:4012345.012345.*",
                e -> Stream.of("quantityList", "childQuantityList")
                        .anyMatch(list -> !e.path(list).isEmpty()));
        all.put(
                "MATCH_outputEPCClass=urn:epc:idpat:sgtin:4012345.*.*",
                e -> !e.path("outputQuantityList").isEmpty());
        all.put("MATCH_outputEPC=" + link(5), e -> item(e, 5, "outputEPCList"));
        all.put("MATCH_anyEPC=" + urn(5), e -> item(e, 5, "epcList", "childEPCs", "inputEPCList", "outputEPCList"));
        all.put(
                "MATCH_epcClass=" + lot(2),
                e -> lots(e, "quantityList", "childQuantityList").anyMatch(lot(2)::equals));
        all.put(
                "MATCH_inputEPCClass=" + lot(1),
                e -> lots(e, "inputQuantityList").anyMatch(lot(1)::equals));
        all.put(
                "MATCH_outputEPCClass=" + lot(4),
                e -> lots(e, "outputQuantityList").anyMatch(lot(4)::equals));
        all.put(
                "MATCH_anyEPCClass=" + lot(0),
                e -> lots(e, "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
                        .anyMatch(lot(0)::equals));
        for (Comparison asked : Comparison.values()) {
            all.put(asked + "_quantity=5", e -> quantities(e).anyMatch(q -> asked.holds(Integer.compare(q, 5))));
            all.put(
                    asked + "_quantity_KGM=5",
                    e -> kilograms(e).anyMatch(kg -> asked.holds(kg.compareTo(new BigDecimal(5)))));
        }
        all.put("EQ_quantity=5|6.0", e -> quantities(e).anyMatch(q -> q == 5 || q == 6));
        all.put("GE_quantity_KGM=18", e -> kilograms(e).anyMatch(kg -> kg.compareTo(new BigDecimal(18)) >= 0));
        all.put("LT_quantity_GRM=907.5", e -> kilograms(e).anyMatch(kg -> kg.compareTo(new BigDecimal("0.9075")) < 0));
        all.put(
                "EQ_quantity_GRM=5000|6000.0",
                e -> kilograms(e)
                        .anyMatch(kg -> kg.compareTo(new BigDecimal(5)) == 0 || kg.compareTo(new BigDecimal(6)) == 0));
        all.put(
                "EQ_quantity_KGM=4.5359237",
                e -> kilograms(e).anyMatch(kg -> kg.compareTo(new BigDecimal("4.5359237")) == 0));
    }

    static Instant time(@Nullable JsonNode node) {
        return Instant.parse(node == null ? "" : node.asString(""));
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private static String at(JsonNode event, String field) {
        return text(event.path(field), "id");
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(one -> one.asString(""));
    }

    private static Stream<String> typed(JsonNode event, String field, String type) {
        return event.path(field + "List")
                .valueStream()
                .filter(one -> text(one, "type").equals(type))
                .map(one -> text(one, field));
    }

    private static boolean item(JsonNode event, int serial, String... lists) {
        return Stream.of(lists)
                .flatMap(list -> texts(event.path(list)))
                .anyMatch(epc -> epc.equals(urn(serial)) || epc.equals(link(serial)));
    }

    private static Stream<JsonNode> elements(JsonNode event) {
        return Stream.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
                .flatMap(list -> event.path(list).valueStream());
    }

    private static Stream<Integer> quantities(JsonNode event) {
        return elements(event).map(element -> element.path("quantity").asInt(0));
    }

    private static Stream<String> lots(JsonNode event, String... lists) {
        return Stream.of(lists)
                .flatMap(list -> event.path(list).valueStream())
                .map(element -> text(element, "epcClass"));
    }

    /** A naive reader's kilograms of whatever is weighed. */
    private static Stream<BigDecimal> kilograms(JsonNode event) {
        return elements(event).filter(element -> element.has("uom")).map(element -> switch (text(element, "uom")) {
            case "GRM" -> element.path("quantity").decimalValue().movePointLeft(3);
            case "LBR" -> element.path("quantity").decimalValue().multiply(new BigDecimal("0.45359237"));
            default -> element.path("quantity").decimalValue();
        });
    }
}
