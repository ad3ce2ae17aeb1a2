package io.clearmarket.gateway.epcis.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.epcis.sensor.Measured.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SensorEventTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void each_kind_in_each_unit_has_its_least_and_greatest_value() {
        JsonNode event = event(
                reading(0, "Temperature", "4.5", "CEL"),
                reading(1, "Speed", "12", "KMH"),
                reading(2, "Temperature", "-1.25", "CEL"),
                reading(3, "Temperature", "271", "KEL"));
        JsonNode element = event.path("sensorElementList").path(0);
        assertThat(element.path("sensorReport").toString())
                .isEqualTo("[{\"type\":\"Temperature\",\"minValue\":-1.25,\"maxValue\":4.5,\"uom\":\"CEL\"},"
                        + "{\"type\":\"Speed\",\"minValue\":12,\"maxValue\":12,\"uom\":\"KMH\"},"
                        + "{\"type\":\"Temperature\",\"minValue\":271,\"maxValue\":271,\"uom\":\"KEL\"}]");
        assertThat(element.path("sensorMetadata").path("startTime").asString()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(event.path("eventTime").asString()).isEqualTo("2026-03-01T08:00:03Z");
    }

    @Test
    void what_gs1_has_no_word_for_is_not_told() {
        assertThat(SensorEvent.hasWordFor(reading(0, "MagneticFlux", "1", "D62")))
                .isTrue();
        assertThat(SensorEvent.hasWordFor(reading(0, "Mood", "1", "CEL"))).isFalse();
        assertThat(SensorEvent.hasWordFor(reading(0, "Temperature", "1", "degrees")))
                .isFalse();
    }

    private static JsonNode event(Reading... readings) {
        SensorEvent event =
                new SensorEvent("https://id.gs1.org/00/1", "urn:clearmarket:device:1", Digest.ZERO, List.of(readings));
        return event.json();
    }

    private static Reading reading(int second, String type, String value, String unit) {
        return new Reading(START.plusSeconds(second), type, new BigDecimal(value), unit);
    }
}
