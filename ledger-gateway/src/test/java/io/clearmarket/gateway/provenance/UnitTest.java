package io.clearmarket.gateway.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    /** Figures as Recommendation 20 prints them, rounded; volumes there are in cubic metres. */
    @ParameterizedTest
    @CsvSource({
        "LBR, KGM, 0.45359237", "ONZ, KGM, 0.02834952", "GRN, KGM, 0.00006479891", "STI, KGM, 6.350293",
                "CWA, KGM, 45.3592",
        "CWI, KGM, 50.80235", "STN, KGM, 907.1847", "LTN, KGM, 1016.047", "DTN, KGM, 100", "MC, KGM, 0.000000001",
        "GLL, LTR, 3.785412", "GLI, LTR, 4.546092", "BLL, LTR, 158.9873", "BUA, LTR, 35.23907", "BUI, LTR, 36.36872",
        "FTQ, LTR, 28.31685", "INQ, LTR, 0.016387064", "4G, LTR, 0.000001", "K6, LTR, 1000", "A44, LTR, 10",
        "INH, MTR, 0.0254", "SMI, MTR, 1609.344", "YDK, MTK, 0.8361274", "FTK, MTK, 0.09290304", "HAR, MTK, 10000",
        "DZN, C62, 12", "GRO, C62, 144", "H87, C62, 1"
    })
    void factors_are_those_of_recommendation_20(String code, String base, double printed) {
        Unit unit = Unit.of(code).orElseThrow();
        assertThat(unit.base()).isEqualTo(base);
        assertThat(unit.toBase(BigDecimal.ONE).doubleValue()).isCloseTo(printed, within(printed * 2e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "16, ONZ, 1, LBR",
        "14, LBR, 1, STI",
        "2240, LBR, 1, LTN",
        "8, PTI, 1, GLI",
        "8, PTL, 1, GLL",
        "128, OZA, 1, GLL",
        "160, OZI, 1, GLI",
        "2, PTL, 1, QTL",
        "12, INH, 1, FOT",
        "5280, FOT, 1, SMI",
        "1728, INQ, 1, FTQ",
        "27, FTQ, 1, YDQ",
        "42, GLL, 1, BLL",
        "8, GLI, 1, BUI",
        "9, FTK, 1, YDK",
        "7000, GRN, 1, LBR"
    })
    void what_is_defined_by_another_unit_is_exactly_that(int many, String small, int one, String large) {
        assertThat(Unit.of(small).orElseThrow().toBase(BigDecimal.valueOf(many)))
                .isEqualByComparingTo(Unit.of(large).orElseThrow().toBase(BigDecimal.valueOf(one)));
    }

    @Test
    void what_does_not_measure_goods_is_not_known() {
        assertThat(Unit.of("CEL")).isEmpty();
        assertThat(Unit.of("kg")).isEmpty();
    }
}
