package io.clearmarket.wallet.eth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicTest {
    /** From the vectors that BIP-39 refers to, all with the passphrase TREZOR. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000,"
                + "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
                + "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf14163"
                + "0c7a3c4ab7c81b2f001698e7463b04",
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f,"
                + "legal winner thank year wave sausage worth useful legal winner thank yellow,"
                + "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6fa457fe1296106559a3c80937a1c1069be3"
                + "a3a5bd381ee6260e8d9739fce1f607",
        "8080808080808080808080808080808080808080808080808080808080808080,"
                + "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor"
                + " acoustic avoid letter advice cage absurd amount doctor acoustic bless,"
                + "c0c519bd0e91a2ed54357d9d1ebef6f5af218a153624cf4f2da911a0ed8f7a09e2ef61af0aca007096df430022f7a2b6fb"
                + "91661a9589097069720d015e4e982f"
    })
    void the_published_vectors_give_their_words_and_seeds(String entropy, String words, String seed) {
        Mnemonic phrase = Mnemonic.fromEntropy(HexFormat.of().parseHex(entropy));
        assertThat(phrase.words()).isEqualTo(words);
        assertThat(HexFormat.of().formatHex(phrase.seed("TREZOR"))).isEqualTo(seed);
    }

    @Test
    void a_new_phrase_is_read_back_in_any_case_and_spacing() {
        Mnemonic phrase = Mnemonic.generate();
        String typed = "  " + phrase.words().toUpperCase(java.util.Locale.ROOT).replace(" ", "\n ") + " ";
        assertThat(Mnemonic.parse(typed).key(0).address())
                .isEqualTo(phrase.key(0).address());
        assertThat(phrase).hasToString("Mnemonic[12 words]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abandon",
                "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon",
                "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon",
                "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abouts"
            })
    void words_that_are_no_phrase_are_refused_without_repeating_them(String words) {
        assertThatThrownBy(() -> Mnemonic.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a recovery phrase")
                .message()
                .doesNotContain("abandon");
    }
}
