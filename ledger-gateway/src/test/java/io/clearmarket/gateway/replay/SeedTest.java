package io.clearmarket.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.p256.P256;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {
    @Test
    void the_same_file_gives_the_same_keys_and_signatures_and_another_file_others(@TempDir Path folder) {
        Seed seed = Seed.open(folder.resolve("a.json"));
        Seed again = Seed.open(folder.resolve("a.json"));
        Seed other = Seed.open(folder.resolve("b.json"));
        byte[] message = "terms".getBytes(UTF_8);
        KeyPair key = seed.p256("buyer:1");
        byte[] signature = Seed.sign(key.getPrivate(), message);
        assertThat(again.p256("buyer:1").getPublic()).isEqualTo(key.getPublic());
        assertThat(other.p256("buyer:1").getPublic()).isNotEqualTo(key.getPublic());
        assertThat(again.secp256k1("buyer:1").address())
                .isEqualTo(seed.secp256k1("buyer:1").address());
        assertThat(Seed.sign(again.p256("buyer:1").getPrivate(), message)).isEqualTo(signature);
        assertThat(P256.verify(key.getPublic(), message, signature)).isTrue();
        assertThat(seed.toString()).doesNotContain(seed.secret());
    }
}
