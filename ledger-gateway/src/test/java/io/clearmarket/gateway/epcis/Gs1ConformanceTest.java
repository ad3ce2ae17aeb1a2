package io.clearmarket.gateway.epcis;

import static io.clearmarket.gateway.epcis.EpcisClient.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The test cases of GS1's Conformance Requirements Document for EPCIS 2.0, as far as its draft has them (repository gs1/EPCIS, "Conformance
 * Requirements"): M1, M121, M122, TCR-53 and TCR-54, step by step, through HTTP.
 */
class Gs1ConformanceTest {
    private static final String TIME = "2026-01-02T12:00:00Z";
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final String MINE = "&EQ_bizTransaction_po=urn:example:po:" + RUN;
    private static final EpcisClient CLIENT = EpcisClient.of("merchant");

    /**
     * A step of TCR-53 that queries.
     *
     * @param found a query that finds the event of that name
     * @param missed a query of the same parameters that does not
     */
    record Step(String number, String found, String missed, String event) {
        @Override
        public String toString() {
            return "TCR-53 step " + number + ": " + found;
        }
    }

    @BeforeAll
    static void set1_and_set2() {
        List<String> set = List.of(
                sensor("all", """
                    "ex:element": 7,
                    "sensorMetadata": {"time": "2026-01-02T10:00:00Z", "startTime": "2026-01-02T08:00:00Z",
                      "endTime": "2026-01-02T09:00:00Z", "deviceID": "urn:example:device:%1$s",
                      "dataProcessingMethod": "https://example.com/method/%1$s", "bizRules": "https://example.com/rules/%1$s",
                      "ex:metadata": 8},
                    "sensorReport": [{"type": "Temperature", "value": 26.0, "minValue": 20.5, "maxValue": 30.5, "meanValue": 25.5,
                      "sDev": 1.5, "percRank": 50, "percValue": 12.5, "uom": "CEL", "ex:report": 9},
                      {"type": "Count", "microorganism": "https://example.com/organism/%1$s", "value": 3},
                      {"type": "MassConcentration", "chemicalSubstance": "https://example.com/substance/%1$s", "value": 4, "uom": "GL"},
                      {"type": "Dimensionless", "stringValue": "text-%1$s", "booleanValue": true, "hexBinaryValue": "F0F050%1$s", "uriValue": "urn:example:uri:%1$s"}]\
                    """.formatted(RUN)),
                sensor("in-metadata", """
                    "sensorMetadata": {"deviceID": "urn:example:two:%1$s", "dataProcessingMethod": "urn:example:how:%1$s",
                      "time": "2026-01-01T06:00:00Z"}, "sensorReport": [{"type": "Temperature", "value": 1, "uom": "CEL"}]\
                    """.formatted(RUN)),
                sensor("in-report", """
                    "sensorReport": [{"type": "Temperature", "value": 1, "uom": "CEL", "deviceID": "urn:example:two:%1$s",
                      "dataProcessingMethod": "urn:example:how:%1$s", "time": "2026-01-01T06:00:00Z"}]\
                    """.formatted(RUN)),
                event("none", ""));
        JsonNode job = CLIENT.captured(InvalidDocuments.of(String.join(",", set)), "rollback");
        assertThat(job.path("success").asBoolean())
                .as("steps 1 and 27: %s", job)
                .isTrue();
    }

    private static String sensor(String name, String element) {
        return event(name, ", \"sensorElementList\": [{" + element + "}]");
    }

    private static String event(String name, String more) {
        return """
            {"type": "ObjectEvent", "eventTime": "%s", "eventTimeZoneOffset": "+00:00", "action": "OBSERVE",
             "bizTransactionList": [{"type": "po", "bizTransaction": "urn:example:po:%s"}],
             "epcList": ["urn:epc:id:sgtin:0614141.107346.%s-%s"]%s}\
            """.formatted(TIME, RUN, name, RUN, more);
    }

    private static List<String> found(String query) {
        List<String> names = new ArrayList<>();
        EpcisClient.events(CLIENT.get("/epcis/events?" + query + MINE))
                .forEach(event ->
                        names.add(event.path("epcList").path(0).asString().replaceAll(".*\\.(.*)-" + RUN, "$1")));
        return names;
    }

    static Stream<Step> steps() {
        List<Step> steps = new ArrayList<>();
        compare(steps, "4", "time", "2026-01-02T10:00:00Z", "2026-01-02T09:59:00Z", "2026-01-02T10:01:00Z");
        compare(steps, "5", "startTime", "2026-01-02T08:00:00Z", "2026-01-02T07:59:00Z", "2026-01-02T08:01:00Z");
        compare(steps, "5", "endTime", "2026-01-02T09:00:00Z", "2026-01-02T08:59:00Z", "2026-01-02T09:01:00Z");
        equal(steps, "6", "type", "Temperature", "Humidity");
        equal(steps, "7", "deviceID", "urn:example:device:" + RUN, "urn:example:device:other");
        equal(steps, "8", "dataProcessingMethod", "https://example.com/method/" + RUN, "https://example.com/method/x");
        equal(steps, "9", "microorganism", "https://example.com/organism/" + RUN, "https://example.com/organism/x");
        equal(
                steps,
                "10",
                "chemicalSubstance",
                "https://example.com/substance/" + RUN,
                "https://example.com/substance/x");
        equal(steps, "11", "bizRules", "https://example.com/rules/" + RUN, "https://example.com/rules/x");
        equal(steps, "12", "value_CEL", "26", "27");
        compare(steps, "12", "value_CEL", "26", "25", "27");
        compare(steps, "13", "minValue_CEL", "20.5", "20", "21");
        compare(steps, "14", "maxValue_CEL", "30.5", "30", "31");
        compare(steps, "15", "meanValue_CEL", "25.5", "25", "26");
        equal(steps, "16", "stringValue", "text-" + RUN, "text");
        equal(steps, "17", "booleanValue", "true", "false");
        equal(steps, "18", "hexBinaryValue", "F0F050" + RUN, "F0F051");
        equal(steps, "19", "uriValue", "urn:example:uri:" + RUN, "urn:example:uri:x");
        extension(steps, "20", "SENSORELEMENT_", "element", 7);
        extension(steps, "21", "SENSORMETADATA_", "metadata", 8);
        extension(steps, "22", "SENSORREPORT_", "report", 9);
        compare(steps, "23", "sDev_CEL", "1.5", "1", "2");
        compare(steps, "24", "percRank", "50", "49", "51");
        compare(steps, "25", "percValue_CEL", "12.5", "12", "13");
        steps.add(
                new Step("26", "EQ_type=Temperature&GE_value_KEL=299", "EQ_type=Temperature&GE_value_KEL=300", "all"));
        for (String both : List.of("in-metadata", "in-report")) {
            steps.add(new Step("28", "EQ_deviceID=urn:example:two:" + RUN, "EQ_deviceID=urn:example:three", both));
            steps.add(new Step(
                    "28", "EQ_dataProcessingMethod=urn:example:how:" + RUN, "EQ_dataProcessingMethod=urn:x", both));
            steps.add(new Step("28", "LT_time=2026-01-01T06:01:00Z", "LT_time=2026-01-01T06:00:00Z", both));
        }
        return steps.stream();
    }

    private static void equal(List<Step> steps, String number, String field, String value, String other) {
        steps.add(new Step(number, "EQ_" + field + "=" + encoded(value), "EQ_" + field + "=" + encoded(other), "all"));
    }

    private static void compare(
            List<Step> steps, String number, String field, String value, String below, String above) {
        steps.add(new Step(number, "GE_" + field + "=" + value, "GE_" + field + "=" + above, "all"));
        steps.add(new Step(number, "LT_" + field + "=" + above, "LT_" + field + "=" + below, "all"));
        steps.add(new Step(
                number,
                "GE_" + field + "=" + value + "&LT_" + field + "=" + above,
                "LT_" + field + "=" + value,
                "all"));
    }

    private static void extension(List<Step> steps, String number, String scope, String field, int value) {
        String name = scope + encoded("http://ns.example.com/#" + field).replace("%23", "");
        steps.add(new Step(number, "EQ_" + name + "=" + value, "EQ_" + name + "=" + (value + 1), "all"));
        steps.add(new Step(number, "GT_" + name + "=" + (value - 1), "GT_" + name + "=" + value, "all"));
        steps.add(new Step(number, "GE_" + name + "=" + value, "GE_" + name + "=" + (value + 1), "all"));
        steps.add(new Step(number, "LT_" + name + "=" + (value + 1), "LT_" + name + "=" + value, "all"));
        steps.add(new Step(number, "LE_" + name + "=" + value, "LE_" + name + "=" + (value - 1), "all"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void tcr_53_a_query_finds_what_was_measured(Step step) {
        assertThat(found(step.found())).contains(step.event());
        assertThat(found(step.missed())).doesNotContain(step.event());
    }

    @Test
    void tcr_53_steps_2_and_3_all_events_come_back_and_those_with_sensor_elements_by_themselves() {
        assertThat(found("GE_recordTime=2026-01-01T00:00:00Z"))
                .containsExactlyInAnyOrder("all", "in-metadata", "in-report", "none");
        assertThat(found("EXISTS_sensorElementList")).containsExactlyInAnyOrder("all", "in-metadata", "in-report");
    }

    @Test
    void m_121_and_m_122_a_sensor_element_has_a_report_and_a_time_its_offset() {
        refused(sensor("no-report", "\"sensorMetadata\": {}"), "/sensorElementList/0");
        refused(
                sensor(
                        "no-offset",
                        "\"sensorReport\": [{\"type\": \"Temperature\", \"value\": 1, \"uom\": \"CEL\", \"time\":"
                                + " \"2026-01-02T12:00:00\"}]"),
                "/sensorElementList/0");
    }

    @Test
    void m_1_and_tcr_54_events_of_all_five_types_are_captured_and_associations_need_their_parts() {
        String parent = "\"parentID\": \"urn:epc:id:sgln:4012345.00001.0\", ";
        String child = "\"childEPCs\": [\"urn:epc:id:grai:4012345.55555.%s\"]".formatted(RUN);
        String association = """
            {"type": "AssociationEvent", "eventTime": "%s", "eventTimeZoneOffset": "+00:00", %%s "action": "%%s"%%s}\
            """.formatted(TIME);
        JsonNode job =
                CLIENT.captured(InvalidDocuments.of(association.formatted(parent, "ADD", ", " + child)), "rollback");
        assertThat(job.path("success").asBoolean()).as("step 2: %s", job).isTrue();
        for (String action : List.of("ADD", "DELETE")) {
            refused(association.formatted("", action, ", " + child), "");
        }
        for (String action : List.of("ADD", "OBSERVE")) {
            refused(association.formatted(parent, action, ""), "");
        }
    }

    private static void refused(String event, String place) {
        JsonNode job = CLIENT.captured(InvalidDocuments.of(event), "rollback");
        assertThat(job.path("success").asBoolean()).as(event).isFalse();
        assertThat(job.path("errors"))
                .as(job.toString())
                .anySatisfy(error ->
                        assertThat(error.path("instance").asString()).startsWith("#/epcisBody/eventList/0" + place));
    }
}
