package io.clearmarket.wallet.eth;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * A secp256k1 key and its signatures in Ethereum's form: 65 bytes r||s||v with v 27 or 28 and s in the lower half of the
 * order (EIP-2), so that each digest has one valid signature by each key.
 */
public final class Secp256k1Key implements EthSigner {
    /** The group order n (SEC 2, section 2.4.1). */
    public static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    /** The length of a signature. */
    public static final int SIGNATURE_BYTES = 65;

    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final int WORD = 32;
    private static final int V_BASE = 27;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;
    private final byte[] point;
    private final EthAddress address;

    private Secp256k1Key(BigInteger privateKey) {
        if (privateKey.signum() <= 0 || privateKey.compareTo(ORDER) >= 0) {
            throw new IllegalArgumentException("a secp256k1 private key lies in 1..n-1");
        }
        secret = BigIntegers.asUnsignedByteArray(WORD, privateKey);
        point = Ecdsa.BEST.publicKey(secret);
        address = EthAddress.ofPublicKey(point);
    }

    /** A new random key. */
    public static Secp256k1Key generate() {
        return new Secp256k1Key(
                BigIntegers.createRandomInRange(BigInteger.ONE, ORDER.subtract(BigInteger.ONE), RANDOM));
    }

    /** @throws IllegalArgumentException if it is not 32 bytes in 1..n-1 */
    public static Secp256k1Key fromPrivateKey(byte[] privateKey) {
        if (privateKey.length != WORD) {
            throw new IllegalArgumentException("a secp256k1 private key has 32 bytes, not " + privateKey.length);
        }
        return new Secp256k1Key(new BigInteger(1, privateKey));
    }

    /** The private key, 32 bytes; for a store or another library, never for a message. */
    public byte[] privateKey() {
        return secret.clone();
    }

    /** The account that the key controls. */
    @Override
    public EthAddress address() {
        return address;
    }

    /**
     * Signs a 32-byte digest, deterministically (RFC 6979).
     *
     * @return r||s||v
     * @throws IllegalArgumentException if it is not 32 bytes
     */
    @Override
    public byte[] signDigest(byte[] digest) {
        requireDigest(digest);
        byte[] signature = Ecdsa.BEST.sign(digest, secret, point);
        signature[2 * WORD] = (byte) (V_BASE + signature[2 * WORD]);
        return signature;
    }

    /**
     * Whose signature this is.
     *
     * @throws IllegalArgumentException naming what is wrong: the length, r, s (a high s too), v, or no such point
     */
    public static EthAddress recover(byte[] digest, byte[] signature) {
        requireDigest(digest);
        if (signature.length != SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a signature has 65 bytes, not " + signature.length);
        }
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, WORD));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, WORD, 2 * WORD));
        int v = signature[2 * WORD] & 0xff;
        if (r.signum() == 0 || r.compareTo(ORDER) >= 0 || s.signum() == 0) {
            throw new IllegalArgumentException("r or s of the signature is outside 1..n-1");
        }
        if (s.compareTo(HALF_ORDER) > 0) {
            throw new IllegalArgumentException("s of the signature is in the upper half of the order");
        }
        if (v != V_BASE && v != V_BASE + 1) {
            throw new IllegalArgumentException("v of the signature is 27 or 28, not " + v);
        }
        byte @Nullable [] key = Ecdsa.BEST.recover(digest, Arrays.copyOf(signature, 2 * WORD), v != V_BASE);
        if (key == null) {
            throw new IllegalArgumentException("the signature belongs to no key");
        }
        return EthAddress.ofPublicKey(key);
    }

    /** The address, never the key. */
    @Override
    public String toString() {
        return "Secp256k1Key[" + address + "]";
    }

    private static void requireDigest(byte[] digest) {
        if (digest.length != WORD) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + digest.length);
        }
    }
}
