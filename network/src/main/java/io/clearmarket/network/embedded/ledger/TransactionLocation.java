package io.clearmarket.network.embedded.ledger;

import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Where a transaction id first occurred, and how it was judged. */
public record TransactionLocation(long block, int index, TxValidationCode code) {
    private static final int INDEX_BITS = 24;
    private static final int CODE_BITS = 8;

    /** All of it in 64 bits: block number, index, code. Rises with the position. */
    long packed() {
        return (block << (INDEX_BITS + CODE_BITS)) | ((long) index << CODE_BITS) | code.getNumber();
    }

    static TransactionLocation unpacked(long packed) {
        return new TransactionLocation(
                packed >>> (INDEX_BITS + CODE_BITS),
                (int) (packed >>> CODE_BITS) & ((1 << INDEX_BITS) - 1),
                TxValidationCode.forNumber((int) packed & ((1 << CODE_BITS) - 1)));
    }
}
