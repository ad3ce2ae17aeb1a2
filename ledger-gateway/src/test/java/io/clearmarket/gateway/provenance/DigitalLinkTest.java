package io.clearmarket.gateway.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitalLinkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/00/095212340000000013",
                "/01/09521234000044",
                "/01/09521234000044/22/2A/10/LOT/21/SERIAL",
                "/01/09521234000044/21/a%2Fb",
                "/253/9521234000013ABC",
                "/414/9521234000013/254/32a%2Fb",
                "/8003/09521234000013serial",
                "/8004/95212340abc",
                "/8018/952123400000000017"
            })
    void links_of_every_kind_are_read_and_written_alike(String path) {
        assertThat(DigitalLink.parse(path).path()).isEqualTo(path);
    }

    @Test
    void shorter_gtins_are_filled_up_to_fourteen_digits() {
        assertThat(DigitalLink.parse("/01/9521234000044").path()).isEqualTo("/01/09521234000044");
    }

    @ParameterizedTest
    @CsvSource({
        "/01/09521234000045,it would be 4",
        "/00/095212340000000018,it would be 3",
        "/8003/09521234000014x,it would be 3",
        "/01/abc,form of a GTIN",
        "/99/1,no primary key",
        "/01,pairs",
        "/01/09521234000044/21,pairs",
        "/01/09521234000044/21/1/10/2,in this order",
        "/01/09521234000044/254/1,in this order",
        "/01/09521234000044/21/%zz,percent-encoded"
    })
    void what_is_wrong_is_said(String path, String reason) {
        assertThatThrownBy(() -> DigitalLink.parse(path))
                .isInstanceOf(DigitalLink.Invalid.class)
                .hasMessageContaining(reason);
    }
}
