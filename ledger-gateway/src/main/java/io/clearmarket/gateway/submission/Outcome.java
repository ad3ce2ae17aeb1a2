package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.Refusal;

/** What became of a command. */
public sealed interface Outcome {
    /**
     * It is on the ledger.
     *
     * @param index the transaction's place in the block
     */
    record Committed(String transactionId, long block, int index) implements Outcome {}

    /** The chaincode refused it; nothing was written. */
    record Refused(Refusal refusal) implements Outcome {}

    /**
     * It was ordered, and every peer found it invalid; nothing was written. It takes a new transaction, which only its
     * signer can make.
     *
     * @param code Fabric's validation code, such as {@code MVCC_READ_CONFLICT}
     */
    record Invalidated(String transactionId, String code) implements Outcome {}

    /** It may or may not be committed yet; ask again by its transaction id, or repeat the command with the same id. */
    record Unknown(String transactionId) implements Outcome {}
}
