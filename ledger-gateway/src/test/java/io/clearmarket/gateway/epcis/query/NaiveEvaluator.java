package io.clearmarket.gateway.epcis.query;

import static io.clearmarket.gateway.epcis.query.GeneratedEvents.START;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.link;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.lot;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.place;
import static io.clearmarket.gateway.epcis.query.GeneratedEvents.urn;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What queries are to find among {@link GeneratedEvents}, as a plain reader of the JSON would say it: the other side of {@link FilterTest}.
 */
final class NaiveEvaluator {
    private static final BigDecimal NINE = new BigDecimal(9);
    private static final Instant MIDDLE = START.plusSeconds(50_000);

    private NaiveEvaluator() {}

    /**
     * What each query is to find, by the query.
     *
     * @param some id of an event that is there
     */
    static Map<String, Predicate<JsonNode>> filters(String some) {
        Map<String, Predicate<JsonNode>> all = new LinkedHashMap<>();
        common(all, some);
        things(all);
        sensors(all);
        extensions(all);
        return all;
    }

    private static void common(Map<String, Predicate<JsonNode>> all, String some) {
        all.put(
                "eventType=ObjectEvent|TransactionEvent",
                e -> Set.of("ObjectEvent", "TransactionEvent").contains(text(e, "type")));
        all.put("GE_eventTime=" + MIDDLE, e -> !time(e.path("eventTime")).isBefore(MIDDLE));
        all.put("LT_eventTime=" + MIDDLE, e -> time(e.path("eventTime")).isBefore(MIDDLE));
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
                "EQ_readPoint=https://id.gs1.org/414/4012345000009",
                e -> at(e, "readPoint").equals(place(0)));
        all.put("EQ_bizLocation=" + place(3), e -> at(e, "bizLocation").equals(place(3)));
        all.put("WD_bizLocation=" + place(1), e -> Set.of(place(1), place(2)).contains(at(e, "bizLocation")));
        all.put(
                "HASATTR_bizLocation=urn:example:kind",
                e -> at(e, "bizLocation").equals(place(1)));
        all.put(
                "EQATTR_readPoint_urn:example:kind=cold",
                e -> at(e, "readPoint").equals(place(1)));
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
        all.put("EXISTS_errorDeclaration=", e -> e.has("errorDeclaration"));
        all.put(
                "GE_errorDeclarationTime=" + MIDDLE,
                e -> e.has("errorDeclaration")
                        && !time(e.path("errorDeclaration").path("declarationTime"))
                                .isBefore(MIDDLE));
        all.put(
                "EQ_errorReason=did_not_occur",
                e -> text(e.path("errorDeclaration"), "reason").equals("did_not_occur"));
        all.put(
                "EQ_correctiveEventID=urn:uuid:corrective-2",
                e -> texts(e.path("errorDeclaration").path("correctiveEventIDs"))
                        .anyMatch("urn:uuid:corrective-2"::equals));
        all.put("EQ_eventID=" + some, e -> text(e, "eventID").equals(some));
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
        all.put("EQ_quantity=5|6.0", e -> quantities(e).anyMatch(q -> q == 5 || q == 6));
        all.put("GT_quantity=15", e -> quantities(e).anyMatch(q -> q > 15));
        all.put("GE_quantity=15", e -> quantities(e).anyMatch(q -> q >= 15));
        all.put("LT_quantity=3", e -> quantities(e).anyMatch(q -> q < 3));
        all.put("LE_quantity=3", e -> quantities(e).anyMatch(q -> q <= 3));
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

    private static void sensors(Map<String, Predicate<JsonNode>> all) {
        all.put("EXISTS_sensorElementList=", e -> e.has("sensorElementList"));
        all.put("EQ_type=Temperature", e -> report(e, r -> text(r, "type").equals("Temperature")));
        all.put(
                "EQ_type=gs1:AbsoluteHumidity",
                e -> report(e, r -> text(r, "type").equals("AbsoluteHumidity")));
        all.put(
                "EQ_deviceID=urn:epc:id:giai:4000001.2",
                e -> text(metadata(e), "deviceID").equals("urn:epc:id:giai:4000001.2"));
        all.put(
                "EQ_stringValue=state-1",
                e -> report(e, r -> text(r, "stringValue").equals("state-1")));
        all.put(
                "EQ_booleanValue=true",
                e -> report(e, r -> r.path("booleanValue").asBoolean()));
        all.put("EQ_value_CEL=20", e -> heat(e, 20, c -> c == 0));
        all.put("EQ_value_FAH=68|86", e -> heat(e, 20, c -> c == 0) || heat(e, 30, c -> c == 0));
        all.put("GT_value_CEL=30", e -> heat(e, 30, c -> c > 0));
        all.put("LE_value_FAH=50", e -> heat(e, 10, c -> c <= 0));
        all.put("GE_value_KEL=283.15", e -> heat(e, 10, c -> c >= 0));
        all.put(
                "GT_value=40",
                e -> report(e, r -> r.path("value").decimalValue().compareTo(new BigDecimal(40)) > 0));
        all.put("LE_sDev_KEL=5", e -> report(e, NaiveEvaluator::deviatesByFiveKelvinsAtMost));
        all.put(
                "LE_value_A93=4",
                e -> report(
                        e, r -> text(r, "uom").equals("A93") && r.path("value").asInt() <= 4));
        all.put("GE_percRank=90", e -> report(e, r -> r.path("percRank").asInt() >= 90));
        all.put(
                "GE_time=" + MIDDLE,
                e -> e.has("sensorElementList")
                        && !time(metadata(e).path("time")).isBefore(MIDDLE));
        all.put(
                "EQ_SENSORMETADATA_ex:firmware=2",
                e -> metadata(e).path("ex:firmware").asInt(0) == 2);
    }

    private static void extensions(Map<String, Predicate<JsonNode>> all) {
        all.put("EQ_ex:colour=red", e -> text(e, "ex:colour").equals("red"));
        all.put("EQ_http://ns.example.com/colour=red", e -> text(e, "ex:colour").equals("red"));
        all.put("GT_ex:weight=90", e -> e.path("ex:weight").asInt(0) > 90);
        all.put("EQ_ex:weight=50", e -> e.path("ex:weight").asInt(0) == 50);
        all.put(
                "LT_ex:checkedAt=" + MIDDLE,
                e -> e.has("ex:checkedAt") && time(e.path("ex:checkedAt")).isBefore(MIDDLE));
        all.put("EXISTS_ex:weight=", e -> e.has("ex:weight"));
        all.put(
                "EQ_INNER_ex:colour=blue",
                e -> text(e.path("ex:box").path("ex:lid"), "ex:colour").equals("blue"));
        all.put("EXISTS_INNER_ex:lid=", e -> e.path("ex:box").has("ex:lid"));
        all.put(
                "EQ_ILMD_ex:batch=batch-1|batch-2",
                e -> Set.of("batch-1", "batch-2").contains(text(e.path("ilmd"), "ex:batch")));
        all.put(
                "GE_INNER_ILMD_ex:salt=7",
                e -> e.path("ilmd").path("ex:recipe").path("ex:salt").asInt(0) >= 7);
        all.put("EXISTS_ILMD_ex:batch=", e -> e.path("ilmd").has("ex:batch"));
        all.put(
                "EQ_ERROR_DECLARATION_ex:why=because-1",
                e -> text(e.path("errorDeclaration"), "ex:why").equals("because-1"));
        all.put(
                "EQ_bizStep=shipping&EQ_action=ADD&GT_ex:weight=50",
                e -> text(e, "bizStep").equals("shipping")
                        && text(e, "action").equals("ADD")
                        && e.path("ex:weight").asInt(0) > 50);
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

    private static JsonNode metadata(JsonNode event) {
        return event.path("sensorElementList").path(0).path("sensorMetadata");
    }

    /** A naive reader's kilograms of whatever is weighed. */
    private static Stream<BigDecimal> kilograms(JsonNode event) {
        return elements(event).filter(element -> element.has("uom")).map(element -> switch (text(element, "uom")) {
            case "GRM" -> element.path("quantity").decimalValue().movePointLeft(3);
            case "LBR" -> element.path("quantity").decimalValue().multiply(new BigDecimal("0.45359237"));
            default -> element.path("quantity").decimalValue();
        });
    }

    /** A naive reader's nine times the degrees Celsius, since a ninth has no end; nothing if it is of no temperature. */
    static Optional<BigDecimal> ninths(JsonNode report) {
        BigDecimal value = report.path("value").decimalValue();
        return switch (text(report, "uom")) {
            case "CEL" -> Optional.of(value.multiply(NINE));
            case "FAH" -> Optional.of(value.subtract(new BigDecimal(32)).multiply(new BigDecimal(5)));
            case "KEL" -> Optional.of(value.subtract(new BigDecimal("273.15")).multiply(NINE));
            default -> Optional.empty();
        };
    }

    private static boolean heat(JsonNode event, int celsius, IntPredicate comparison) {
        BigDecimal asked = new BigDecimal(celsius).multiply(NINE);
        return report(
                event,
                report -> ninths(report)
                        .filter(found -> comparison.test(found.compareTo(asked)))
                        .isPresent());
    }

    private static boolean deviatesByFiveKelvinsAtMost(JsonNode report) {
        int deviation = report.path("sDev").asInt();
        return switch (text(report, "uom")) {
            case "CEL", "KEL" -> deviation <= 5;
            case "FAH" -> deviation <= 9;
            default -> false;
        };
    }

    private static boolean report(JsonNode event, Predicate<JsonNode> predicate) {
        JsonNode reports = event.path("sensorElementList").path(0).path("sensorReport");
        return reports.valueStream().anyMatch(predicate);
    }
}
