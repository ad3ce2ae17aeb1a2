package io.clearmarket.wallet.fabric;

import io.clearmarket.wallet.Digests;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Fabric's transaction ids, which bind a transaction to its creator. */
public final class TransactionIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 24;

    private TransactionIds() {}

    /**
     * Lower-case hex of SHA-256(nonce || creator).
     *
     * @param nonce the signature header's nonce
     * @param creator the signature header's creator: a {@code SerializedIdentity} in bytes
     */
    public static String of(byte[] nonce, byte[] creator) {
        return HexFormat.of().formatHex(Digests.sha256(nonce, creator));
    }

    /** 24 random bytes. */
    public static byte[] newNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }
}
