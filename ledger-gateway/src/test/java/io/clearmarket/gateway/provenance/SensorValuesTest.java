package io.clearmarket.gateway.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.EpcisRecord.Measured;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The least and the greatest reading of each kind and unit, and never less of a range than was measured. */
class SensorValuesTest {
    @Test
    void the_extremes_of_all_reports_of_a_kind_and_unit_are_kept() {
        assertThat(SensorValues.of(event(
                        report("Temperature", "CEL", "\"value\": 4.5"),
                        report("gs1:Temperature", "CEL", "\"minValue\": -2, \"maxValue\": 7.25"),
                        report("Temperature", "FAH", "\"value\": 40"))))
                .containsExactly(
                        new Measured("Temperature", "CEL", -2_000, 7_250),
                        new Measured("Temperature", "FAH", 40_000, 40_000));
    }

    @Test
    void what_is_finer_than_a_thousandth_is_rounded_outwards() {
        assertThat(SensorValues.of(event(report("Temperature", "CEL", "\"value\": 4.0001"))))
                .containsExactly(new Measured("Temperature", "CEL", 4_000, 4_001));
        assertThat(SensorValues.of(event(report("Temperature", "CEL", "\"value\": -4.0001"))))
                .containsExactly(new Measured("Temperature", "CEL", -4_001, -4_000));
    }

    @Test
    void what_the_ledger_has_no_form_for_is_left_to_the_document() {
        String tooLarge = "\"value\": " + Limits.READING;
        assertThat(SensorValues.of(event())).isNull();
        assertThat(SensorValues.of(event(
                        report("Temperature", "CEL", "\"stringValue\": \"cold\""),
                        report("Temperature", "", "\"value\": 1"),
                        report("", "CEL", "\"value\": 1"),
                        report("Temperature", "CEL", tooLarge))))
                .isNull();
    }

    @Test
    void there_are_no_more_kinds_than_the_ledger_takes() {
        String[] many = IntStream.rangeClosed(0, Limits.MEASURED)
                .mapToObj(i -> report("Kind" + (char) ('A' + i), "CEL", "\"value\": " + i))
                .toArray(String[]::new);
        assertThat(SensorValues.of(event(many))).hasSize(Limits.MEASURED);
    }

    private static String report(String type, String unit, String values) {
        return "{\"type\": \"" + type + "\", \"uom\": \"" + unit + "\", " + values + "}";
    }

    private static JsonNode event(String... reports) {
        return Json.MAPPER.readTree("{\"sensorElementList\": [{\"sensorReport\": ["
                + List.of(reports).stream().collect(Collectors.joining(", ")) + "]}]}");
    }
}
