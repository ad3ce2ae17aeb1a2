package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;

/**
 * A transaction of this gateway, by the business reason it was made for.
 *
 * @param purpose the reason, such as {@code deposit:<consignment id>}; a purpose is sent once
 * @param hash the transaction's hash, known from the moment it is signed
 */
public record ChainTransaction(String purpose, Digest hash, Outcome outcome) {
    /** What became of it, as of the newest finalized block. */
    public enum Outcome {
        /** Persisted, perhaps sent, not yet final. */
        OPEN,
        /** Final and executed. */
        SUCCEEDED,
        /** Final, and the contract refused. */
        REVERTED,
        /** Another transaction took its nonce: it can never happen. */
        REPLACED
    }
}
