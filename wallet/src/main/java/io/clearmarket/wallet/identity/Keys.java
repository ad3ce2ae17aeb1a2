package io.clearmarket.wallet.identity;

import io.clearmarket.wallet.p256.NativeCrypto;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** P-256 public keys in their one encoding. */
public final class Keys {
    /** What precedes the 64 bytes of the point: id-ecPublicKey, prime256v1, a bit string, "uncompressed" (RFC 5480). */
    private static final byte[] PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final int LENGTH = PREFIX.length + 64;

    private Keys() {}

    /**
     * The key as X.509 SubjectPublicKeyInfo in DER. One key has one encoding here (named curve, uncompressed point), since
     * its hash is who its holder is.
     *
     * @throws IllegalArgumentException if it is not a P-256 key in that encoding
     */
    public static byte[] subjectPublicKeyInfo(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (!isP256(encoded)) {
            throw new IllegalArgumentException(
                    "not a P-256 key with an uncompressed point, but " + key.getAlgorithm() + " in " + key.getFormat());
        }
        return encoded;
    }

    /**
     * A P-256 public key from its SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is anything else, or not a point on the curve
     */
    public static PublicKey p256(byte[] subjectPublicKeyInfo) {
        if (!isP256(subjectPublicKeyInfo)) {
            throw new IllegalArgumentException("not the encoding of a P-256 key with an uncompressed point");
        }
        try {
            return KeyFactory.getInstance("EC", NativeCrypto.provider())
                    .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a point on P-256: " + e.getMessage(), e);
        }
    }

    /** The same key, known to be on P-256; {@link IllegalArgumentException} if it is not. */
    public static PublicKey requireP256(PublicKey key) {
        return p256(subjectPublicKeyInfo(key));
    }

    private static boolean isP256(byte @Nullable [] encoded) {
        return encoded != null
                && encoded.length == LENGTH
                && Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }
}
