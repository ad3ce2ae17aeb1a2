package io.clearmarket.gateway.epcis.sensor;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.epcis.sensor.Measured.Reading;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * That a device measured something while it was on a thing: an ObjectEvent with one sensor element (EPCIS 2.0, section 7.3.7), which gives the
 * least and the greatest value of each kind and names the signed batch in which all of them are.
 *
 * @param readings at least one, by time
 */
record SensorEvent(String thing, String device, Digest batch, List<Reading> readings) {
    /** GS1's words for what is measured, as the schema of EPCIS lists them. */
    private static final Set<String> TYPES = measurementTypes();

    private static final Pattern UNIT = Pattern.compile("[A-Z0-9]{2,3}");

    private record Quantity(String type, String unit) {}

    private record Range(BigDecimal min, BigDecimal max) {
        Range and(Range other) {
            return new Range(min.min(other.min), max.max(other.max));
        }
    }

    /** False for what EPCIS has no word for. */
    static boolean hasWordFor(Reading reading) {
        return TYPES.contains(reading.type()) && UNIT.matcher(reading.unit()).matches();
    }

    /** When it was over. */
    Instant at() {
        return readings.getLast().time();
    }

    /** The EPCIS event; of the same readings always the same. */
    ObjectNode json() {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("type", "ObjectEvent");
        event.put("action", "OBSERVE");
        event.put("eventTime", at().toString());
        event.put("eventTimeZoneOffset", "+00:00");
        event.putArray("epcList").add(thing);
        event.put("bizStep", "sensor_reporting");
        ObjectNode element = event.putArray("sensorElementList").addObject();
        element.putObject("sensorMetadata")
                .put("startTime", readings.getFirst().time().toString())
                .put("endTime", readings.getLast().time().toString())
                .put("deviceID", device)
                .put("rawData", "ni:///sha-256;" + batch.hex());
        ArrayNode reports = element.putArray("sensorReport");
        ranges().forEach((quantity, range) -> reports.addObject()
                .put("type", quantity.type())
                .put("minValue", range.min())
                .put("maxValue", range.max())
                .put("uom", quantity.unit()));
        return event;
    }

    private static Set<String> measurementTypes() {
        try (InputStream schema = SensorEvent.class.getResourceAsStream("/epcis/EPCIS-JSON-Schema.json")) {
            return Json.MAPPER
                    .readTree(Objects.requireNonNull(schema))
                    .at("/definitions/measurementType/anyOf")
                    .valueStream()
                    .flatMap(form -> form.path("enum").valueStream())
                    .map(JsonNode::asString)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Quantity, Range> ranges() {
        Map<Quantity, Range> ranges = new LinkedHashMap<>();
        for (Reading reading : readings) {
            ranges.merge(
                    new Quantity(reading.type(), reading.unit()),
                    new Range(reading.value(), reading.value()),
                    Range::and);
        }
        return ranges;
    }
}
