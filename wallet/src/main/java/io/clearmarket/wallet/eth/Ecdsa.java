package io.clearmarket.wallet.eth;

import org.jspecify.annotations.Nullable;

/** ECDSA on secp256k1 with recovery of the key (SEC 1, section 4.1), of scalars that the caller has checked. */
sealed interface Ecdsa permits NativeEcdsa, BouncyEcdsa {
    /** The length of r||s, and of a public key x||y. */
    int PAIR_BYTES = 64;

    /** libsecp256k1 where it runs, else Bouncy Castle: both give the same bytes. */
    Ecdsa BEST = best();

    /** The public key x||y. */
    byte[] publicKey(byte[] privateKey);

    /** r||s by the nonce of RFC 6979, s in the lower half of the order, then 1 if R has an odd y, else 0. */
    byte[] sign(byte[] digest, byte[] privateKey, byte[] publicKey);

    /** The key x||y that made the signature r||s; null if there is none. */
    byte @Nullable [] recover(byte[] digest, byte[] signature, boolean odd);

    private static Ecdsa best() {
        Ecdsa quick = NativeEcdsa.load();
        return quick == null ? new BouncyEcdsa() : quick;
    }
}
