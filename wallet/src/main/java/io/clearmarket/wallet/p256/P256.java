package io.clearmarket.wallet.p256;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * ECDSA over SHA-256 on the curve P-256 (FIPS 186-5), signatures as ASN.1 DER {@code SEQUENCE{r, s}} with s in the lower
 * half of the group order, which is the only form that a Fabric MSP accepts.
 */
public final class P256 {
    /** The group order n (SEC 2, section 2.4.2). */
    public static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final int FIELD_BYTES = 32;

    private P256() {}

    /** A new random key pair. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", NativeCrypto.provider());
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the crypto provider has no P-256", impossible);
        }
    }

    /**
     * Signs SHA-256 of the message.
     *
     * @return DER, low-S
     * @throws IllegalArgumentException if the key is not a P-256 private key
     */
    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA", NativeCrypto.provider());
            signature.initSign(key);
            signature.update(message);
            return lowS(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a usable P-256 private key: " + e.getMessage(), e);
        }
    }

    /** True if the signature is well-formed DER, low-S and made by the key over SHA-256 of the message; never throws. */
    public static boolean verify(PublicKey key, byte[] message, byte[] derSignature) {
        BigInteger[] rs = parse(derSignature);
        if (rs == null || rs[1].compareTo(HALF_ORDER) > 0) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA", NativeCrypto.provider());
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(derSignature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    /**
     * The same signature with s in the lower half of the order.
     *
     * @throws IllegalArgumentException if the bytes are not a DER signature with 0 &lt; r, s &lt; n
     */
    public static byte[] lowS(byte[] derSignature) {
        BigInteger[] rs = parse(derSignature);
        if (rs == null) {
            throw new IllegalArgumentException("not a DER-encoded P-256 signature");
        }
        return rs[1].compareTo(HALF_ORDER) > 0 ? encode(rs[0], ORDER.subtract(rs[1])) : derSignature;
    }

    /**
     * DER, low-S, from the 64 bytes r||s that WebCrypto and most smart cards give (IEEE P1363).
     *
     * @throws IllegalArgumentException if it is not 64 bytes with 0 &lt; r, s &lt; n
     */
    public static byte[] fromP1363(byte[] raw) {
        if (raw.length != 2 * FIELD_BYTES) {
            throw new IllegalArgumentException("a raw P-256 signature has 64 bytes, not " + raw.length);
        }
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(raw, 0, FIELD_BYTES));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(raw, FIELD_BYTES, 2 * FIELD_BYTES));
        if (!inRange(r) || !inRange(s)) {
            throw new IllegalArgumentException("r or s is outside 1..n-1");
        }
        return encode(r, s.compareTo(HALF_ORDER) > 0 ? ORDER.subtract(s) : s);
    }

    /**
     * The 64 bytes r||s (IEEE P1363) of a DER signature, as JOSE and RFC 9421 want them.
     *
     * @throws IllegalArgumentException if the bytes are not a DER signature with 0 &lt; r, s &lt; n
     */
    public static byte[] toP1363(byte[] derSignature) {
        BigInteger[] rs = parse(derSignature);
        if (rs == null) {
            throw new IllegalArgumentException("not a DER-encoded P-256 signature");
        }
        byte[] raw = new byte[2 * FIELD_BYTES];
        for (int i = 0; i < 2; i++) {
            byte[] value = rs[i].toByteArray();
            int length = Math.min(value.length, FIELD_BYTES);
            System.arraycopy(value, value.length - length, raw, (i + 1) * FIELD_BYTES - length, length);
        }
        return raw;
    }

    /** True if s is in the lower half of the order; false also for what is no signature at all. */
    public static boolean isLowS(byte[] derSignature) {
        BigInteger[] rs = parse(derSignature);
        return rs != null && rs[1].compareTo(HALF_ORDER) <= 0;
    }

    private static boolean inRange(BigInteger v) {
        return v.signum() > 0 && v.compareTo(ORDER) < 0;
    }

    private static byte @Nullable [] slice(byte[] der, int at, int end) {
        if (at + 2 > end || der[at] != 0x02) {
            return null;
        }
        int length = der[at + 1];
        if (length < 1 || length > FIELD_BYTES + 1 || at + 2 + length > end) {
            return null;
        }
        byte[] content = Arrays.copyOfRange(der, at + 2, at + 2 + length);
        boolean paddedForNothing = length > 1 && content[0] == 0 && content[1] >= 0;
        return content[0] < 0 || paddedForNothing ? null : content;
    }

    /** r and s of a strict DER signature, or null. */
    private static BigInteger @Nullable [] parse(byte[] der) {
        if (der.length < 8 || der.length > 72 || der[0] != 0x30 || der[1] != der.length - 2) {
            return null;
        }
        byte[] r = slice(der, 2, der.length);
        if (r == null) {
            return null;
        }
        int second = 4 + r.length;
        byte[] s = slice(der, second, der.length);
        if (s == null || second + 2 + s.length != der.length) {
            return null;
        }
        BigInteger[] rs = {new BigInteger(r), new BigInteger(s)};
        return inRange(rs[0]) && inRange(rs[1]) ? rs : null;
    }

    private static byte[] encode(BigInteger r, BigInteger s) {
        byte[] rb = r.toByteArray();
        byte[] sb = s.toByteArray();
        byte[] der = new byte[6 + rb.length + sb.length];
        der[0] = 0x30;
        der[1] = (byte) (4 + rb.length + sb.length);
        der[2] = 0x02;
        der[3] = (byte) rb.length;
        System.arraycopy(rb, 0, der, 4, rb.length);
        der[4 + rb.length] = 0x02;
        der[5 + rb.length] = (byte) sb.length;
        System.arraycopy(sb, 0, der, 6 + rb.length, sb.length);
        return der;
    }
}
