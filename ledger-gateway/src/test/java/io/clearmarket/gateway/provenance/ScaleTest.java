package io.clearmarket.gateway.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({
        "0, CEL, 273.15, KEL",
        "100, CEL, 212, FAH",
        "-40, CEL, -40, FAH",
        "0, KEL, -459.67, FAH",
        "459.67, A48, 0, FAH",
        "1, BAR, 100, KPA",
        "1013.25, MBR, 1, ATM",
        "1, A97, 1, MBR",
        "1, MPA, 1000000, PAL",
        "10, MTS, 36, KMH",
        "1, HM, 1.609344, KMH",
        "1, KNT, 1.852, KMH",
        "1, WEE, 168, HUR",
        "1, DAY, 1440, MIN",
        "1, SEC, 1000, C26",
        "1, C26, 1000, B98",
        "1, KWH, 3600, KJO",
        "1, WHR, 3600, JOU",
        "1, MAW, 1000, KWT",
        "1, P1, 10, NX",
        "1, NX, 1000, 59",
        "1, KVT, 1000, VLT",
        "1, VLT, 1000, 2Z",
        "1, AMP, 1000, 4K",
        "1, A86, 1000, MHZ",
        "1, MHZ, 1000, KHZ",
        "1, KGM, 1000, GRM",
        "1, LTR, 1000, MLT",
        "1, DZN, 12, EA"
    })
    void the_same_in_two_units_is_the_same_on_their_scale(
            BigDecimal one, String unit, BigDecimal other, String otherUnit) {
        Scale scale = Scale.of(unit).orElseThrow();
        Scale otherScale = Scale.of(otherUnit).orElseThrow();
        assertThat(scale.kind()).isEqualTo(otherScale.kind());
        assertThat(scale.value(one)).isEqualByComparingTo(otherScale.value(other));
    }

    @Test
    void a_deviation_has_no_zero() {
        assertThat(Scale.of("CEL").orElseThrow().difference(BigDecimal.TEN))
                .isEqualByComparingTo(Scale.of("FAH").orElseThrow().difference(new BigDecimal(18)))
                .isEqualByComparingTo(Scale.of("KEL").orElseThrow().difference(BigDecimal.TEN));
    }

    @Test
    void what_has_no_exact_factor_is_not_converted() {
        assertThat(Scale.of("PS")).isEmpty();
        assertThat(Scale.of("A93")).isEmpty();
    }
}
