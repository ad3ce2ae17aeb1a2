package io.clearmarket.wallet.eth;

/** Signs for one account, wherever its key is: in this process, in a token, or elsewhere. */
public interface EthSigner {
    /** The account. */
    EthAddress address();

    /**
     * Signs a 32-byte digest.
     *
     * @return r||s||v in 65 bytes, v 27 or 28 and s in the lower half of the order (EIP-2)
     * @throws IllegalArgumentException if it is not 32 bytes
     */
    byte[] signDigest(byte[] digest);
}
