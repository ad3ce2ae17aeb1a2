package io.clearmarket.wallet.eth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EthAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77"
            })
    void the_vectors_of_eip_55_are_printed_with_their_checksums(String vector) {
        assertThat(EthAddress.parse(vector)).hasToString(vector);
        assertThat(EthAddress.parse(vector.toLowerCase(Locale.ROOT))).hasToString(vector);
        assertThat(EthAddress.parse("0x" + vector.substring(2).toUpperCase(Locale.ROOT)))
                .hasToString(vector);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAegg",
                ""
            })
    void a_wrong_checksum_or_form_is_refused(String text) {
        assertThatThrownBy(() -> EthAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_wrong_checksum_says_which_address_it_would_be() {
        assertThatThrownBy(() -> EthAddress.parse("0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"))
                .hasMessageContaining("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    }

    @Test
    void the_bytes_are_the_callers_own_copy() {
        EthAddress address = EthAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
        address.bytes()[0] = 0;
        assertThat(EthAddress.of(address.bytes())).isEqualTo(address);
        assertThat(EthAddress.ZERO.isZero()).isTrue();
        assertThat(address.isZero()).isFalse();
    }
}
