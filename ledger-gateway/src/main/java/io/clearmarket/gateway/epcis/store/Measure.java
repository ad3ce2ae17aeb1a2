package io.clearmarket.gateway.epcis.store;

import io.clearmarket.gateway.provenance.Scale;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A number with a unit as events are indexed and queries ask for it, in whichever unit of the same kind either has.
 *
 * @param name such as {@code value~temperature}; of a unit that can't be converted {@code value_A93}
 * @param number on the kind's common scale; in the unit itself if that can't be converted
 */
public record Measure(String name, BigDecimal number) {
    /** The one field whose numbers are differences: 20 °C is not 20 K, but a deviation of 20 °C is one of 20 K. */
    private static final String DEVIATION = "sDev";

    /** @param field such as quantity, value or sDev */
    public static Measure of(String field, String unit, BigDecimal inUnit) {
        Optional<Scale> scale = Scale.of(unit);
        return scale.map(known -> new Measure(
                        field + "~" + known.kind(),
                        field.equals(DEVIATION) ? known.difference(inUnit) : known.value(inUnit)))
                .orElseGet(() -> new Measure(field + "_" + unit, inUnit));
    }
}
