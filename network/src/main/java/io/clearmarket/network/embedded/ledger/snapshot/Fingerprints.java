package io.clearmarket.network.embedded.ledger.snapshot;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.p256.NativeCrypto;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 64 bits of SHA-256: two keys that share them are improbable, but are told apart all the same. */
public final class Fingerprints {
    private Fingerprints() {}

    public static long of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static long of(ByteString bytes) {
        return of(bytes.toByteArray());
    }

    private static long of(byte[] bytes) {
        return ByteBuffer.wrap(sha256().digest(bytes)).getLong();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256", NativeCrypto.provider());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the crypto provider has no SHA-256", impossible);
        }
    }
}
