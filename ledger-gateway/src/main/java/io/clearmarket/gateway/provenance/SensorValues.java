package io.clearmarket.gateway.provenance;

import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.Measured;
import io.clearmarket.chaincode.api.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the ledger keeps of an event's sensor reports: the least and the greatest value of each kind and unit. */
final class SensorValues {
    private static final int THOUSANDTHS = 3;
    private static final BigInteger MOST = BigInteger.valueOf(Limits.READING);

    private SensorValues() {}

    /**
     * By kind and unit in the event's order, the first {@value Limits#MEASURED} of them; kinds and units that the ledger has no form for, and
     * values that are too large, are in the document only.
     *
     * @return null for none
     */
    static @Nullable List<Measured> of(JsonNode event) {
        Map<List<String>, Measured> found = new LinkedHashMap<>();
        for (JsonNode element : event.path("sensorElementList")) {
            for (JsonNode report : element.path("sensorReport")) {
                Measured measured = read(report);
                if (measured != null) {
                    found.merge(List.of(measured.type(), measured.unit()), measured, SensorValues::both);
                }
            }
        }
        List<Measured> kept = new ArrayList<>(found.values());
        return kept.isEmpty() ? null : kept.subList(0, Math.min(kept.size(), Limits.MEASURED));
    }

    private static Measured both(Measured one, Measured other) {
        return new Measured(
                one.type(),
                one.unit(),
                Math.min(one.least(), other.least()),
                Math.max(one.greatest(), other.greatest()));
    }

    private static @Nullable Measured read(JsonNode report) {
        String type = CbvWords.bare(report.path("type").asString(""));
        String unit = report.path("uom").asString("");
        List<BigDecimal> values = Stream.of("value", "minValue", "maxValue")
                .map(report::path)
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .sorted()
                .toList();
        if (values.isEmpty() || !type.matches(EpcisRecord.MEASUREMENT) || !unit.matches(EpcisRecord.UNIT)) {
            return null;
        }
        BigInteger least = thousandths(values.getFirst(), RoundingMode.FLOOR);
        BigInteger greatest = thousandths(values.getLast(), RoundingMode.CEILING);
        return least.abs().max(greatest.abs()).compareTo(MOST) > 0
                ? null
                : new Measured(type, unit, least.longValueExact(), greatest.longValueExact());
    }

    private static BigInteger thousandths(BigDecimal value, RoundingMode rounding) {
        return value.movePointRight(THOUSANDTHS).setScale(0, rounding).toBigIntegerExact();
    }
}
