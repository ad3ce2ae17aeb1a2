package io.clearmarket.wallet.ed25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519KeyTest {
    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void the_vectors_of_rfc_8032_are_met(String seed, String publicKey, String message, String signature) {
        Ed25519Key key = Ed25519Key.fromSeed(hex(seed));
        assertThat(key.publicKey()).isEqualTo(hex(publicKey));
        assertThat(key.sign(hex(message))).isEqualTo(hex(signature));
        assertThat(Ed25519Key.verify(hex(publicKey), hex(message), hex(signature)))
                .isTrue();
    }

    @Test
    void any_other_message_key_or_signature_is_refused() {
        Ed25519Key key = Ed25519Key.generate();
        byte[] message = {1, 2};
        byte[] signature = key.sign(message);
        assertThat(Ed25519Key.verify(key.publicKey(), new byte[] {1, 3}, signature))
                .isFalse();
        assertThat(Ed25519Key.verify(Ed25519Key.generate().publicKey(), message, signature))
                .isFalse();
        signature[63] ^= 1;
        assertThat(Ed25519Key.verify(key.publicKey(), message, signature)).isFalse();
        assertThat(Ed25519Key.verify(key.publicKey(), message, new byte[63])).isFalse();
        assertThat(Ed25519Key.verify(new byte[31], message, signature)).isFalse();
    }

    @Test
    void its_public_encoding_is_the_jdks_and_is_read_back_and_another_is_refused() throws GeneralSecurityException {
        Ed25519Key key = Ed25519Key.generate();
        byte[] spki = key.subjectPublicKeyInfo();
        assertThat(KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(spki))
                        .getEncoded())
                .isEqualTo(spki);
        assertThat(Ed25519Key.publicKey(spki)).isEqualTo(key.publicKey());
        byte[] x25519 = spki.clone();
        x25519[8] = 0x6e;
        assertThatThrownBy(() -> Ed25519Key.publicKey(x25519)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ed25519Key.publicKey(new byte[43])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void its_pkcs8_encoding_is_read_back_and_another_is_refused() {
        Ed25519Key key = Ed25519Key.generate();
        assertThat(Ed25519Key.fromPkcs8(key.pkcs8()).publicKey()).isEqualTo(key.publicKey());
        byte[] x25519 = key.pkcs8();
        x25519[11] = 0x6e;
        assertThatThrownBy(() -> Ed25519Key.fromPkcs8(x25519)).hasMessage("not an Ed25519 private key");
        assertThatThrownBy(() -> Ed25519Key.fromSeed(new byte[31])).hasMessageContaining("31");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
