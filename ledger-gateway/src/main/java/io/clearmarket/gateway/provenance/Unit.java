package io.clearmarket.gateway.provenance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A unit of measure by its UN/CEFACT Recommendation 20 code, as far as goods are counted, weighed or measured in it. Factors are the exact
 * ones of the units' definitions, of which Recommendation 20 prints rounded ones; units whose printed factors are disputed are left out.
 *
 * @param code such as KGM
 * @param base the code of what it is converted to: KGM, LTR, MTR, MTK or C62
 * @param factor how many of the base one is
 */
public record Unit(String code, String base, BigDecimal factor) {
    /** Pieces; also what an amount without a unit is in (EPCIS 2.0, section 7.3.3.3: uom is omitted for discrete counts). */
    public static final String PIECES = "C62";

    private static final Map<String, Unit> KNOWN = new HashMap<>();

    static {
        add("KGM", """
                KGM 1, GRM 0.001, HGM 0.1, DG 0.0001, DJ 0.01, CGM 0.00001, MGM 0.000001, MC 0.000000001, TNE 1000, 2U 1000,
                DTN 100, KTN 1000000, M86 0.5, LBR 0.45359237, ONZ 0.028349523125, GRN 0.00006479891, STI 6.35029318,
                CWA 45.359237, CWI 50.80234544, STN 907.18474, LTN 1016.0469088""");
        add("LTR", """
                LTR 1, DMQ 1, MLT 0.001, CMQ 0.001, CLT 0.01, DLT 0.1, A44 10, HLT 100, K6 1000, MTQ 1000, MAL 1000000,
                4G 0.000001, MMQ 0.000001, GLL 3.785411784, GLI 4.54609, PTL 0.473176473, PTI 0.56826125, QTL 0.946352946,
                QTI 1.1365225, OZA 0.0295735295625, OZI 0.0284130625, BLL 158.987294928, BUA 35.23907016688, BUI 36.36872,
                INQ 0.016387064, FTQ 28.316846592, YDQ 764.554857984""");
        add("MTR", """
                MTR 1, DMT 0.1, CMT 0.01, MMT 0.001, 4H 0.000001, KMT 1000, INH 0.0254, FOT 0.3048, YRD 0.9144, SMI 1609.344""");
        add("MTK", """
                MTK 1, DMK 0.01, CMK 0.0001, MMK 0.000001, KMK 1000000, ARE 100, HAR 10000, INK 0.00064516, FTK 0.09290304,
                YDK 0.83612736""");
        add(PIECES, "C62 1, H87 1, EA 1, PR 2, DZN 12, SCO 20, CEN 100, GRO 144, MIL 1000");
    }

    private static void add(String base, String units) {
        for (String unit : units.strip().split(",\\s+", -1)) {
            String[] parts = unit.split(" ", -1);
            KNOWN.put(parts[0], new Unit(parts[0], base, new BigDecimal(parts[1])));
        }
    }

    /** The unit of a code; nothing if it measures something else, or nobody can convert it. */
    public static Optional<Unit> of(String code) {
        return Optional.ofNullable(KNOWN.get(code));
    }

    /** An amount of this in the base. */
    public BigDecimal toBase(BigDecimal amount) {
        return amount.multiply(factor);
    }
}
