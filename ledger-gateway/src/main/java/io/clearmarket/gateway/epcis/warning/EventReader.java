package io.clearmarket.gateway.epcis.warning;

import io.clearmarket.gateway.epcis.warning.ItemEvent.Limits;
import io.clearmarket.gateway.provenance.CbvWords;
import io.clearmarket.gateway.provenance.GeoPoint;
import io.clearmarket.gateway.provenance.Gs1Uris;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the rules need from EPCIS 2.0 events. */
public final class EventReader {
    /** Fields of an item's master data that no standard names; their namespace is {@code urn:clearmarket:voc:}, bound to this prefix. */
    private static final String COLDEST = "clearmarket:storageTemperatureMin";

    private static final String WARMEST = "clearmarket:storageTemperatureMax";
    static final String EXPIRES = "cbvmda:itemExpirationDate";
    private static final double KELVIN = 273.15;
    private static final double FREEZING = 32;
    /** No sensor measures a millionth of a degree; binary fractions differ by less. */
    private static final double PRECISION = 1e6;

    private final Function<String, Optional<Position>> places;

    /** @param places where a place is, by its canonical id, if that is known */
    public EventReader(Function<String, Optional<Position>> places) {
        this.places = places;
    }

    /**
     * An event as the rules see it.
     *
     * @param party who signed it; null where nobody is known
     */
    public ItemEvent read(String eventId, @Nullable String party, JsonNode event) {
        String place = place(event);
        return new ItemEvent(
                eventId,
                party == null ? "" : party,
                time(event),
                word(event.path("bizStep")),
                word(event.path("disposition")),
                place,
                destination(event),
                position(place),
                expires(event.path("ilmd")),
                limits(event.path("ilmd")),
                readings(event.path("sensorElementList")),
                alarm(event.path("sensorElementList")));
    }

    /** In the offset that the event names for its place. */
    private static OffsetDateTime time(JsonNode event) {
        OffsetDateTime time = OffsetDateTime.parse(event.path("eventTime").asString(""));
        try {
            return time.withOffsetSameInstant(
                    ZoneOffset.of(event.path("eventTimeZoneOffset").asString("")));
        } catch (DateTimeException noOffset) {
            return time;
        }
    }

    private static String word(JsonNode value) {
        return CbvWords.bare(value.asString(""));
    }

    private static String place(JsonNode event) {
        JsonNode readPoint = event.path("readPoint").path("id");
        JsonNode place =
                readPoint.isString() ? readPoint : event.path("bizLocation").path("id");
        return Gs1Uris.canonical(place.asString(""));
    }

    private static String destination(JsonNode event) {
        for (JsonNode one : event.path("destinationList")) {
            if (word(one.path("type")).equals("location")) {
                return Gs1Uris.canonical(one.path("destination").asString(""));
            }
        }
        return "";
    }

    private @Nullable Position position(String place) {
        return GeoPoint.of(place)
                .map(point -> new Position(point.latitude(), point.longitude()))
                .or(() -> places.apply(place))
                .orElse(null);
    }

    /** The last day that master data name; null if they name none. */
    static @Nullable LocalDate expires(JsonNode ilmd) {
        String date = ilmd.path(EXPIRES).asString("");
        try {
            return date.length() < "2026-01-01".length() ? null : LocalDate.parse(date.substring(0, 10));
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static @Nullable Limits limits(JsonNode ilmd) {
        Optional<Double> min = number(ilmd.path(COLDEST));
        Optional<Double> max = number(ilmd.path(WARMEST));
        return min.isEmpty() && max.isEmpty()
                ? null
                : new Limits(min.orElse(-KELVIN), max.orElse(Double.POSITIVE_INFINITY));
    }

    private static Optional<Double> number(JsonNode value) {
        try {
            return value.isValueNode() ? Optional.of(Double.parseDouble(value.asString(""))) : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** What a sensor says of itself to be a fault of its own (gs1:ERROR_CONDITION) is no reading. */
    private static List<Double> readings(JsonNode elements) {
        List<Double> readings = new ArrayList<>();
        for (JsonNode element : elements) {
            for (JsonNode report : element.path("sensorReport")) {
                boolean temperature = word(report.path("type")).equals("Temperature");
                if (temperature && !word(report.path("exception")).equals("ERROR_CONDITION")) {
                    String unit = report.path("uom").asString("CEL");
                    for (String field : List.of("value", "minValue", "maxValue")) {
                        number(report.path(field)).ifPresent(value -> readings.add(celsius(value, unit)));
                    }
                }
            }
        }
        return readings;
    }

    /** UN/CEFACT Recommendation 20: CEL, FAH, KEL. */
    private static double celsius(double value, String unit) {
        double celsius = switch (unit) {
            case "FAH" -> (value - FREEZING) / 1.8;
            case "KEL" -> value - KELVIN;
            default -> value;
        };
        return Math.round(celsius * PRECISION) / PRECISION;
    }

    private static boolean alarm(JsonNode elements) {
        for (JsonNode element : elements) {
            for (JsonNode report : element.path("sensorReport")) {
                if (word(report.path("exception")).equals("ALARM_CONDITION")) {
                    return true;
                }
            }
        }
        return false;
    }
}
