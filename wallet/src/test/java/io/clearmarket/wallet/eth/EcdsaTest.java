package io.clearmarket.wallet.eth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick arithmetic and the one that runs everywhere are one. */
class EcdsaTest {
    private static final int ROUNDS = 200;

    private final Ecdsa quick = Objects.requireNonNull(NativeEcdsa.load(), "no libsecp256k1 for this machine");
    private final Ecdsa everywhere = new BouncyEcdsa();
    private final Random random = new Random(7);

    @Test
    void both_make_the_same_keys_and_signatures_and_recover_the_same() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] secret = Secp256k1Key.generate().privateKey();
            byte[] digest = bytes(32);
            byte[] key = quick.publicKey(secret);
            assertThat(key).isEqualTo(everywhere.publicKey(secret));
            byte[] signature = quick.sign(digest, secret, key);
            assertThat(signature).isEqualTo(everywhere.sign(digest, secret, key));
            byte[] pair = Arrays.copyOf(signature, Ecdsa.PAIR_BYTES);
            boolean odd = signature[Ecdsa.PAIR_BYTES] == 1;
            assertThat(quick.recover(digest, pair, odd)).isEqualTo(key);
            assertThat(quick.recover(digest, pair, !odd)).isEqualTo(everywhere.recover(digest, pair, !odd));
        }
    }

    /** Half of all x belong to no point. */
    @Test
    void both_find_no_key_in_the_same_forged_signatures() {
        int none = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] digest = bytes(32);
            byte[] pair = bytes(Ecdsa.PAIR_BYTES);
            // scalars below n and not zero, as the caller has checked
            pair[0] = 1;
            pair[Ecdsa.PAIR_BYTES / 2] = 1;
            byte[] recovered = quick.recover(digest, pair, i % 2 == 0);
            assertThat(recovered).isEqualTo(everywhere.recover(digest, pair, i % 2 == 0));
            none += recovered == null ? 1 : 0;
        }
        assertThat(none).isBetween(ROUNDS / 4, 3 * ROUNDS / 4);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
