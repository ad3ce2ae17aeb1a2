package io.clearmarket.wallet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.p256.P256;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PartyIdTest {
    /** The base point of P-256 (SEC 2) as a public key; the digest was taken with {@code openssl dgst -sha256}. */
    private static final String BASE_POINT = "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
            + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    @Test
    void it_is_the_sha256_of_the_subject_public_key_info() {
        PublicKey key = Keys.p256(HexFormat.of().parseHex(BASE_POINT));
        assertThat(PartyId.of(key).value())
                .isEqualTo("5cd252fb0ce8932436faf8ccd1040981b89ee4ad6b9fe9e2a2b7e71aacb27cd3");
    }

    @Test
    void it_does_not_depend_on_the_provider_that_holds_the_key() throws Exception {
        PublicKey ours = P256.generate().getPublic();
        PublicKey jdks =
                KeyFactory.getInstance("EC", "SunEC").generatePublic(new X509EncodedKeySpec(ours.getEncoded()));
        assertThat(PartyId.of(jdks)).isEqualTo(PartyId.of(ours));
    }

    @Test
    void a_second_encoding_of_the_same_key_is_refused() {
        String compressed = "3039301306072a8648ce3d020106082a8648ce3d030107032200036b17d1f2e12c4247f8bce6e563a440f277"
                + "037d812deb33a0f4a13945d898c296";
        assertThatThrownBy(() -> Keys.p256(HexFormat.of().parseHex(compressed)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_point_off_the_curve_is_refused() {
        byte[] off = HexFormat.of().parseHex(BASE_POINT);
        off[off.length - 1] ^= 1;
        assertThatThrownBy(() -> Keys.p256(off)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_64_lower_case_hex_digits_are_parsed() {
        String good = "0123456789abcdef".repeat(4);
        assertThat(PartyId.parse(good)).hasToString(good);
        for (String bad : new String[] {"", "0x" + good, good.toUpperCase(java.util.Locale.ROOT), good + "0"}) {
            assertThatThrownBy(() -> PartyId.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
