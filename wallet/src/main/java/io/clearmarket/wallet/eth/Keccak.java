package io.clearmarket.wallet.eth;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it (Keccak submission's padding, not FIPS 202's). */
public final class Keccak {
    private Keccak() {}

    /** 32 bytes: Keccak-256 of all parts, one after another. */
    public static byte[] hash256(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
