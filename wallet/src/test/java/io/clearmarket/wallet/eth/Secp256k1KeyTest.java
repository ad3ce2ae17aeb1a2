package io.clearmarket.wallet.eth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

class Secp256k1KeyTest {
    private static final byte[] DIGEST = Keccak.hash256("order 1".getBytes(UTF_8));
    private final Secp256k1Key key = Secp256k1Key.generate();

    @ParameterizedTest
    @CsvSource({
        "0, 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
        "1, 0x70997970C51812dc3A010C7d01b50e0d17dc79C8, 59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
        "9, 0xa0Ee7A142d267C1f36714E4a8F75612F20a79720, 2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6"
    })
    void the_keys_of_anvils_phrase_are_the_ones_that_anvil_prints(int index, String address, String privateKey) {
        Mnemonic phrase = Mnemonic.parse("test test test test test test test test test test test junk");
        Secp256k1Key derived = phrase.key(index);
        assertThat(derived.address()).hasToString(address);
        assertThat(HexFormat.of().formatHex(derived.privateKey())).isEqualTo(privateKey);
    }

    @Test
    void a_signature_recovers_to_its_signer_and_is_deterministic() {
        byte[] signature = key.signDigest(DIGEST);
        assertThat(Secp256k1Key.recover(DIGEST, signature)).isEqualTo(key.address());
        assertThat(key.signDigest(DIGEST)).isEqualTo(signature);
        assertThat(signature[64]).isIn((byte) 27, (byte) 28);
    }

    @Test
    void signatures_are_web3js_byte_for_byte_and_recover_to_the_same_key() throws Exception {
        for (int i = 0; i < 100; i++) {
            Secp256k1Key signer = Secp256k1Key.generate();
            byte[] digest = Keccak.hash256(new byte[] {(byte) i});
            ECKeyPair pair = ECKeyPair.create(signer.privateKey());
            Sign.SignatureData expected = Sign.signMessage(digest, pair, false);
            byte[] signature = signer.signDigest(digest);
            assertThat(signature)
                    .isEqualTo(org.bouncycastle.util.Arrays.concatenate(
                            expected.getR(), expected.getS(), expected.getV()));
            BigInteger recovered = Sign.signedMessageHashToKey(digest, expected);
            assertThat(Secp256k1Key.recover(digest, signature).toString())
                    .isEqualToIgnoringCase("0x" + Keys.getAddress(recovered));
        }
    }

    @Test
    void the_other_half_of_a_malleable_signature_is_refused() {
        byte[] signature = key.signDigest(DIGEST);
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        byte[] high = signature.clone();
        System.arraycopy(BigIntegers.asUnsignedByteArray(32, Secp256k1Key.ORDER.subtract(s)), 0, high, 32, 32);
        high[64] = (byte) (55 - signature[64]);
        assertThatThrownBy(() -> Secp256k1Key.recover(DIGEST, high)).hasMessageContaining("upper half");
    }

    @Test
    void a_bad_v_r_s_or_length_is_refused_by_name() {
        byte[] signature = key.signDigest(DIGEST);
        for (int v : new int[] {0, 1, 26, 29, 255}) {
            byte[] bad = signature.clone();
            bad[64] = (byte) v;
            assertThatThrownBy(() -> Secp256k1Key.recover(DIGEST, bad)).hasMessageContaining("27 or 28, not " + v);
        }
        byte[] zeroR = signature.clone();
        Arrays.fill(zeroR, 0, 32, (byte) 0);
        byte[] zeroS = signature.clone();
        Arrays.fill(zeroS, 32, 64, (byte) 0);
        byte[] hugeR = signature.clone();
        Arrays.fill(hugeR, 0, 32, (byte) -1);
        for (byte[] bad : new byte[][] {zeroR, zeroS, hugeR}) {
            assertThatThrownBy(() -> Secp256k1Key.recover(DIGEST, bad)).hasMessageContaining("1..n-1");
        }
        assertThatThrownBy(() -> Secp256k1Key.recover(DIGEST, Arrays.copyOf(signature, 64)))
                .hasMessageContaining("65 bytes");
    }

    @Test
    void random_noise_is_refused_or_somebody_elses() {
        byte[] noise = new byte[65];
        for (int i = 1; i < 60; i++) {
            Arrays.fill(noise, 0, 64, (byte) i);
            noise[64] = 27;
            try {
                assertThat(Secp256k1Key.recover(DIGEST, noise)).isNotEqualTo(key.address());
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessage("the signature belongs to no key");
            }
        }
    }

    @Test
    void a_private_key_outside_the_group_is_refused() {
        assertThatThrownBy(() -> Secp256k1Key.fromPrivateKey(new byte[32])).hasMessageContaining("1..n-1");
        assertThatThrownBy(() -> Secp256k1Key.fromPrivateKey(BigIntegers.asUnsignedByteArray(32, Secp256k1Key.ORDER)))
                .hasMessageContaining("1..n-1");
        assertThatThrownBy(() -> Secp256k1Key.fromPrivateKey(new byte[31])).hasMessageContaining("31");
    }

    @Test
    void a_personal_message_has_the_digest_that_wallets_sign() {
        assertThat(HexFormat.of().formatHex(PersonalMessage.digest("hello world")))
                .isEqualTo("d9eba16ed0ecae432b71fe008c98cc872bb4cc214d3220a36f365326cf807d68");
    }
}
