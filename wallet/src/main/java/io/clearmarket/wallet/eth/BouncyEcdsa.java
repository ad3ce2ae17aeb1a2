package io.clearmarket.wallet.eth;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.ECKeyPair;

/** Bouncy Castle's arithmetic, which runs everywhere. */
final class BouncyEcdsa implements Ecdsa {
    private static final int WORD = 32;

    @Override
    public byte[] publicKey(byte[] privateKey) {
        return BigIntegers.asUnsignedByteArray(
                PAIR_BYTES, ECKeyPair.create(privateKey).getPublicKey());
    }

    @Override
    public byte[] sign(byte[] digest, byte[] privateKey, byte[] publicKey) {
        BigInteger key = new BigInteger(1, publicKey);
        ECDSASignature signature = new ECKeyPair(new BigInteger(1, privateKey), key).sign(digest);
        byte[] joined = new byte[PAIR_BYTES + 1];
        BigIntegers.asUnsignedByteArray(signature.r, joined, 0, WORD);
        BigIntegers.asUnsignedByteArray(signature.s, joined, WORD, WORD);
        joined[PAIR_BYTES] = (byte) (RecoverablePoint.isOdd(key, digest, signature.r, signature.s) ? 1 : 0);
        return joined;
    }

    @Override
    public byte @Nullable [] recover(byte[] digest, byte[] signature, boolean odd) {
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, WORD));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, WORD, PAIR_BYTES));
        return RecoverablePoint.recover(digest, r, s, odd);
    }
}
