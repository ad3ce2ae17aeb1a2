package io.clearmarket.gateway.epcis.query;

import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.MIDDLE;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.text;
import static io.clearmarket.gateway.epcis.query.NaiveEvaluator.times;

import io.clearmarket.gateway.epcis.query.NaiveEvaluator.Comparison;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@link NaiveEvaluator}'s part about sensors; a generated event has one element with one report at most. */
final class NaiveSensors {
    private static final BigDecimal NINE = new BigDecimal(9);
    private static final List<String> TEMPERATURES = List.of("value", "minValue", "maxValue", "meanValue", "percValue");

    private NaiveSensors() {}

    static void filters(Map<String, Predicate<JsonNode>> all) {
        texts(all);
        numbers(all);
        for (String field : List.of("time", "startTime", "endTime")) {
            times(
                    all,
                    field,
                    MIDDLE,
                    e -> Stream.of(metadata(e).path(field), report(e).path(field))
                            .filter(JsonNode::isString));
        }
    }

    private static void texts(Map<String, Predicate<JsonNode>> all) {
        all.put("EQ_type=Temperature", e -> text(report(e), "type").equals("Temperature"));
        all.put("EQ_type=gs1:AbsoluteHumidity", e -> text(report(e), "type").equals("AbsoluteHumidity"));
        all.put(
                "EQ_deviceID=urn:epc:id:giai:4000001.2",
                e -> text(metadata(e), "deviceID").equals("urn:epc:id:giai:4000001.2"));
        all.put(
                "EQ_deviceID=https://id.gs1.org/8004/40000023",
                e -> text(report(e), "deviceID").equals("urn:epc:id:giai:4000002.3"));
        all.put(
                "EQ_dataProcessingMethod=https://id.gs1.org/253/40123450000542",
                e -> text(metadata(e), "dataProcessingMethod").equals("urn:epc:id:gdti:4012345.00005.2"));
        all.put("EQ_booleanValue=true", e -> report(e).path("booleanValue").asBoolean(false));
        equal(all, "bizRules", "https://example.com/rules/1");
        equal(all, "microorganism", "https://www.ncbi.nlm.nih.gov/taxonomy/1261");
        equal(all, "chemicalSubstance", "https://identifiers.org/inchikey:CZMRCDWAGMRECN-2");
        equal(all, "stringValue", "state-1");
        equal(all, "hexBinaryValue", "F0F1");
        equal(all, "uriValue", "https://example.com/readings/3");
    }

    private static void equal(Map<String, Predicate<JsonNode>> all, String field, String value) {
        all.put(
                "EQ_" + field + "=" + value,
                e -> text(metadata(e), field).equals(value)
                        || text(report(e), field).equals(value));
    }

    private static void numbers(Map<String, Predicate<JsonNode>> all) {
        for (Comparison asked : Comparison.values()) {
            for (String field : TEMPERATURES) {
                all.put(asked + "_" + field + "=20", e -> holds(asked, report(e).path(field), 20));
                for (String sameTemperature : List.of("_CEL=20", "_FAH=68", "_KEL=293.15")) {
                    all.put(
                            asked + "_" + field + sameTemperature,
                            e -> ninths(report(e), field)
                                    .filter(found -> asked.holds(found.compareTo(new BigDecimal(180))))
                                    .isPresent());
                }
            }
            all.put(asked + "_sDev=5", e -> holds(asked, report(e).path("sDev"), 5));
            all.put(
                    asked + "_sDev_KEL=5",
                    e -> deviation(report(e))
                            .filter(found -> asked.holds(found.compareTo(new BigDecimal(45))))
                            .isPresent());
            all.put(asked + "_percRank=50", e -> holds(asked, report(e).path("percRank"), 50));
            all.put(
                    asked + "_value_A93=4",
                    e -> text(report(e), "uom").equals("A93")
                            && holds(asked, report(e).path("value"), 4));
        }
        all.put(
                "EQ_value_FAH=68|86",
                e -> ninths(report(e), "value")
                        .filter(found ->
                                found.compareTo(new BigDecimal(180)) == 0 || found.compareTo(new BigDecimal(270)) == 0)
                        .isPresent());
    }

    private static boolean holds(Comparison asked, JsonNode found, int value) {
        return found.isNumber() && asked.holds(found.decimalValue().compareTo(new BigDecimal(value)));
    }

    static JsonNode element(JsonNode event) {
        return event.path("sensorElementList").path(0);
    }

    static JsonNode metadata(JsonNode event) {
        return element(event).path("sensorMetadata");
    }

    static JsonNode report(JsonNode event) {
        return element(event).path("sensorReport").path(0);
    }

    /** A naive reader's nine times the degrees Celsius, since a ninth has no end; nothing if it is of no temperature. */
    static Optional<BigDecimal> ninths(JsonNode report, String field) {
        if (!report.path(field).isNumber()) {
            return Optional.empty();
        }
        BigDecimal value = report.path(field).decimalValue();
        return switch (text(report, "uom")) {
            case "CEL" -> Optional.of(value.multiply(NINE));
            case "FAH" -> Optional.of(value.subtract(new BigDecimal(32)).multiply(new BigDecimal(5)));
            case "KEL" -> Optional.of(value.subtract(new BigDecimal("273.15")).multiply(NINE));
            default -> Optional.empty();
        };
    }

    /** Nine times a deviation in kelvins. */
    private static Optional<BigDecimal> deviation(JsonNode report) {
        if (!report.path("sDev").isNumber()) {
            return Optional.empty();
        }
        BigDecimal value = report.path("sDev").decimalValue();
        return switch (text(report, "uom")) {
            case "CEL", "KEL" -> Optional.of(value.multiply(NINE));
            case "FAH" -> Optional.of(value.multiply(new BigDecimal(5)));
            default -> Optional.empty();
        };
    }
}
