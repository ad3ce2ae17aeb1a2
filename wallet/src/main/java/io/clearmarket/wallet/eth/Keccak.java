package io.clearmarket.wallet.eth;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it: the original padding, not SHA3-256's. */
public final class Keccak {
    private static final int BITS = 256;

    private Keccak() {}

    /** The hash of the parts, one after the other: 32 bytes. */
    public static byte[] hash256(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(BITS);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[BITS / 8];
        digest.doFinal(hash, 0);
        return hash;
    }
}
