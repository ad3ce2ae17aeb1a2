package io.clearmarket.wallet.eth;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * The point R of an ECDSA signature on secp256k1, of which r tells x, and v whether y is odd (SEC 1, section 4.1.6). One
 * double multiplication each; web3j's own takes twice that or more, for a check of R's order that this curve's cofactor of 1
 * makes needless, and by trying each v.
 */
final class RecoverablePoint {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger N = CURVE.getN();
    private static final int WORD = 32;
    private static final byte EVEN = 2;
    private static final byte ODD = 3;
    private static final byte UNCOMPRESSED = 4;

    private RecoverablePoint() {}

    /**
     * The key that made the signature: Q = (sR - eG) / r.
     *
     * @param r in 1..n-1, likewise s
     * @return its 64 bytes x||y; null if there is no such point
     */
    static byte @Nullable [] recover(byte[] digest, BigInteger r, BigInteger s, boolean odd) {
        byte[] encoded = new byte[1 + WORD];
        encoded[0] = odd ? ODD : EVEN;
        BigIntegers.asUnsignedByteArray(r, encoded, 1, WORD);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(encoded);
        } catch (IllegalArgumentException noSuchPoint) {
            return null;
        }
        BigInteger inverse = BigIntegers.modOddInverseVar(N, r);
        BigInteger ofG = inverse.multiply(hash(digest)).negate().mod(N);
        BigInteger ofR = inverse.multiply(s).mod(N);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofG, point, ofR);
        return key.isInfinity() ? null : Arrays.copyOfRange(key.getEncoded(false), 1, 1 + 2 * WORD);
    }

    /**
     * Whether R has an odd y: R = (eG + rQ) / s.
     *
     * @param publicKey of the signer, x||y as a number
     * @throws IllegalStateException if it is not the signer's signature
     */
    static boolean isOdd(BigInteger publicKey, byte[] digest, BigInteger r, BigInteger s) {
        byte[] encoded = new byte[1 + 2 * WORD];
        encoded[0] = UNCOMPRESSED;
        BigIntegers.asUnsignedByteArray(publicKey, encoded, 1, 2 * WORD);
        BigInteger inverse = BigIntegers.modOddInverseVar(N, s);
        ECPoint point = ECAlgorithms.sumOfTwoMultiplies(
                        CURVE.getG(),
                        inverse.multiply(hash(digest)).mod(N),
                        CURVE.getCurve().decodePoint(encoded),
                        inverse.multiply(r).mod(N))
                .normalize();
        // an x of n or more would need another v; no such signature has ever been seen
        if (!point.getAffineXCoord().toBigInteger().equals(r)) {
            throw new IllegalStateException("the signature that was just made does not verify");
        }
        return point.getAffineYCoord().testBitZero();
    }

    private static BigInteger hash(byte[] digest) {
        return new BigInteger(1, digest);
    }
}
