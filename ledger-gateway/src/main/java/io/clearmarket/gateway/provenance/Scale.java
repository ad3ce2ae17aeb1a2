package io.clearmarket.gateway.provenance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * By what values in different units of one kind are compared: units of goods as {@link Unit} has them, and those of sensors. Everything is exact,
 * so a temperature is in ninths of a kelvin, in which each degree Fahrenheit is five; units without an exact factor to the others (such as the
 * psi) are left out. Codes are those of UN/CEFACT Recommendation 20.
 *
 * @param kind what is measured; only values of one kind are comparable
 * @param factor how much one unit is on the kind's common scale
 * @param zero how many units above that scale's zero the unit's zero is
 */
public record Scale(String kind, BigDecimal factor, BigDecimal zero) {
    private static final Map<String, Scale> OF_SENSORS = new HashMap<>();

    static {
        add("temperature", "KEL 9, A48 5, CEL 9 273.15, FAH 5 459.67");
        add("pressure", "PAL 1, A97 100, KPA 1000, MPA 1000000, MBR 100, BAR 100000, ATM 101325");
        add("time", "SEC 1, B98 0.000001, C26 0.001, MIN 60, HUR 3600, DAY 86400, WEE 604800");
        add("speed", "KMH 1, MTS 3.6, HM 1.609344, KNT 1.852");
        add("share", "P1 10000, NX 1000, 59 1");
        add("energy", "JOU 1, KJO 1000, WHR 3600, KWH 3600000");
        add("power", "WTT 1, KWT 1000, MAW 1000000");
        add("voltage", "VLT 1, 2Z 0.001, KVT 1000");
        add("current", "AMP 1, 4K 0.001");
        add("frequency", "HTZ 1, KHZ 1000, MHZ 1000000, A86 1000000000");
    }

    private static void add(String kind, String units) {
        for (String unit : units.split(", ", -1)) {
            String[] parts = unit.split(" ", -1);
            BigDecimal zero = parts.length > 2 ? new BigDecimal(parts[2]) : BigDecimal.ZERO;
            OF_SENSORS.put(parts[0], new Scale(kind, new BigDecimal(parts[1]), zero));
        }
    }

    /** The scale of a unit; nothing if it can't be converted. */
    public static Optional<Scale> of(String code) {
        return Unit.of(code)
                .map(unit -> new Scale(unit.base(), unit.factor(), BigDecimal.ZERO))
                .or(() -> Optional.ofNullable(OF_SENSORS.get(code)));
    }

    /** A value on the kind's common scale. */
    public BigDecimal value(BigDecimal inUnit) {
        return inUnit.add(zero).multiply(factor);
    }

    /** A difference of two values, such as a standard deviation, on that scale. */
    public BigDecimal difference(BigDecimal inUnit) {
        return inUnit.multiply(factor);
    }
}
