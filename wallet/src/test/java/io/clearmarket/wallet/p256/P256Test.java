package io.clearmarket.wallet.p256;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Signature;
import org.junit.jupiter.api.Test;

class P256Test {
    private static final byte[] MESSAGE = "order 1".getBytes(UTF_8);
    private final KeyPair pair = P256.generate();

    @Test
    void every_signature_is_low_s_and_verifies() {
        for (int i = 0; i < 50; i++) {
            byte[] signature = P256.sign(pair.getPrivate(), MESSAGE);
            assertThat(P256.isLowS(signature)).isTrue();
            assertThat(P256.verify(pair.getPublic(), MESSAGE, signature)).isTrue();
        }
    }

    @Test
    void a_high_s_signature_is_refused_although_the_jdk_accepts_it() throws Exception {
        byte[] high = highS(P256.sign(pair.getPrivate(), MESSAGE));
        Signature jdk = Signature.getInstance("SHA256withECDSA", "SunEC");
        jdk.initVerify(pair.getPublic());
        jdk.update(MESSAGE);
        assertThat(jdk.verify(high)).isTrue();
        assertThat(P256.verify(pair.getPublic(), MESSAGE, high)).isFalse();
        assertThat(P256.verify(pair.getPublic(), MESSAGE, P256.lowS(high))).isTrue();
    }

    @Test
    void any_changed_byte_is_refused() {
        byte[] signature = P256.sign(pair.getPrivate(), MESSAGE);
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            assertThat(P256.verify(pair.getPublic(), MESSAGE, changed)).isFalse();
        }
    }

    private static byte[] highS(byte[] lowDer) {
        int rLength = lowDer[3];
        BigInteger r = new BigInteger(java.util.Arrays.copyOfRange(lowDer, 4, 4 + rLength));
        BigInteger s =
                P256.ORDER.subtract(new BigInteger(java.util.Arrays.copyOfRange(lowDer, 6 + rLength, lowDer.length)));
        byte[] rb = r.toByteArray();
        byte[] sb = s.toByteArray();
        java.nio.ByteBuffer der = java.nio.ByteBuffer.allocate(6 + rb.length + sb.length);
        der.put((byte) 0x30).put((byte) (4 + rb.length + sb.length));
        der.put((byte) 2).put((byte) rb.length).put(rb);
        der.put((byte) 2).put((byte) sb.length).put(sb);
        return der.array();
    }
}
