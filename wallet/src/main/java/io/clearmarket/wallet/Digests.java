package io.clearmarket.wallet;

import io.clearmarket.wallet.p256.NativeCrypto;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 by the provider chosen once in {@link NativeCrypto}. */
public final class Digests {
    private Digests() {}

    /** SHA-256 of the parts, one after the other. */
    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256", NativeCrypto.provider());
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the crypto provider has no SHA-256", impossible);
        }
    }
}
