package io.clearmarket.wallet.ed25519;

import io.clearmarket.wallet.p256.NativeCrypto;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** An Ed25519 key pair (RFC 8032), its parts in the raw encoding of 32 bytes each. */
public final class Ed25519Key {
    /** The length of a seed and of a public key. */
    public static final int KEY_BYTES = 32;

    /** The length of a signature. */
    public static final int SIGNATURE_BYTES = 64;

    /** What precedes the raw key in DER (RFC 8410). */
    private static final byte[] PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] seed;
    private final byte[] publicKey;
    private final PrivateKey signingKey;

    private Ed25519Key(byte[] seed) {
        this.seed = seed;
        publicKey = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        try {
            signingKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(concat(PRIVATE_PREFIX, seed)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has no Ed25519", impossible);
        }
    }

    /** A new random key pair. */
    public static Ed25519Key generate() {
        byte[] seed = new byte[KEY_BYTES];
        RANDOM.nextBytes(seed);
        return new Ed25519Key(seed);
    }

    /** The key pair of a seed, RFC 8032's private key; {@link IllegalArgumentException} if it is not 32 bytes. */
    public static Ed25519Key fromSeed(byte[] seed) {
        if (seed.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 private key has 32 bytes, not " + seed.length);
        }
        return new Ed25519Key(seed.clone());
    }

    /** The key pair of a PKCS#8 encoding (RFC 8410); {@link IllegalArgumentException} if it is none. */
    public static Ed25519Key fromPkcs8(byte[] pkcs8) {
        boolean ours = pkcs8.length == PRIVATE_PREFIX.length + KEY_BYTES
                && Arrays.equals(pkcs8, 0, PRIVATE_PREFIX.length, PRIVATE_PREFIX, 0, PRIVATE_PREFIX.length);
        if (!ours) {
            throw new IllegalArgumentException("not an Ed25519 private key");
        }
        return new Ed25519Key(Arrays.copyOfRange(pkcs8, PRIVATE_PREFIX.length, pkcs8.length));
    }

    /** The seed; for a store, never for a message. */
    public byte[] seed() {
        return seed.clone();
    }

    /** The seed as PKCS#8. */
    public byte[] pkcs8() {
        return concat(PRIVATE_PREFIX, seed);
    }

    /** The public key: 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The public key as X.509 SubjectPublicKeyInfo in DER (RFC 8410). */
    public byte[] subjectPublicKeyInfo() {
        return concat(PUBLIC_PREFIX, publicKey);
    }

    /** The raw public key of a SubjectPublicKeyInfo; {@link IllegalArgumentException} if it is not of an Ed25519 key. */
    public static byte[] publicKey(byte[] subjectPublicKeyInfo) {
        boolean ours = subjectPublicKeyInfo.length == PUBLIC_PREFIX.length + KEY_BYTES
                && Arrays.equals(subjectPublicKeyInfo, 0, PUBLIC_PREFIX.length, PUBLIC_PREFIX, 0, PUBLIC_PREFIX.length);
        if (!ours) {
            throw new IllegalArgumentException("not the encoding of an Ed25519 public key");
        }
        return Arrays.copyOfRange(subjectPublicKeyInfo, PUBLIC_PREFIX.length, subjectPublicKeyInfo.length);
    }

    /** Signs the message itself: 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = algorithm();
            signature.initSign(signingKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has no Ed25519", impossible);
        }
    }

    /** True if the signature over the message is by the raw public key; false for malformed input too. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(concat(PUBLIC_PREFIX, publicKey)));
            Signature verifier = algorithm();
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notAKeyOrSignature) {
            return false;
        }
    }

    /** Twenty times faster where the native provider is there; the JDK's own gives the same results. */
    private static Signature algorithm() throws GeneralSecurityException {
        return NativeCrypto.isNative()
                ? Signature.getInstance("Ed25519", NativeCrypto.provider())
                : Signature.getInstance("Ed25519");
    }

    /** The public key, never the private one. */
    @Override
    public String toString() {
        return "Ed25519Key[" + HexFormat.of().formatHex(publicKey) + "]";
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
