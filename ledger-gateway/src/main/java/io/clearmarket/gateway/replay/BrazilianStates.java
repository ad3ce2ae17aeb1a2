package io.clearmarket.gateway.replay;

import java.util.Locale;
import java.util.Map;

/**
 * Where an event of a replay took place, as far as it may be told: the state, drawn at its capital. The customers' own
 * coordinates would be personal data.
 */
final class BrazilianStates {
    /** Latitude and longitude of the capital, by the state's ISO 3166-2 code. */
    private static final Map<String, String> CAPITALS = Map.ofEntries(
            Map.entry("AC", "-9.97,-67.81"),
            Map.entry("AL", "-9.67,-35.74"),
            Map.entry("AM", "-3.12,-60.02"),
            Map.entry("AP", "0.03,-51.07"),
            Map.entry("BA", "-12.97,-38.50"),
            Map.entry("CE", "-3.72,-38.54"),
            Map.entry("DF", "-15.79,-47.88"),
            Map.entry("ES", "-20.32,-40.34"),
            Map.entry("GO", "-16.68,-49.25"),
            Map.entry("MA", "-2.53,-44.30"),
            Map.entry("MG", "-19.92,-43.94"),
            Map.entry("MS", "-20.44,-54.65"),
            Map.entry("MT", "-15.60,-56.10"),
            Map.entry("PA", "-1.46,-48.50"),
            Map.entry("PB", "-7.12,-34.86"),
            Map.entry("PE", "-8.05,-34.88"),
            Map.entry("PI", "-5.09,-42.80"),
            Map.entry("PR", "-25.43,-49.27"),
            Map.entry("RJ", "-22.91,-43.17"),
            Map.entry("RN", "-5.79,-35.21"),
            Map.entry("RO", "-8.76,-63.90"),
            Map.entry("RR", "2.82,-60.67"),
            Map.entry("RS", "-30.03,-51.23"),
            Map.entry("SC", "-27.60,-48.55"),
            Map.entry("SE", "-10.91,-37.07"),
            Map.entry("SP", "-23.55,-46.63"),
            Map.entry("TO", "-10.18,-48.33"));

    private BrazilianStates() {}

    /** A geo URI (RFC 5870) with an uncertainty as large as a state; of an unknown state a name without coordinates. */
    static String place(String state) {
        String capital = CAPITALS.get(state.toUpperCase(Locale.ROOT));
        return capital == null
                ? "https://example.org/places/br-" + state.toLowerCase(Locale.ROOT)
                : "geo:" + capital + ";u=500000";
    }
}
