package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The submissions that must survive a crash. What a method changes is durable when it returns. */
interface SubmissionStore {
    /** What is stored of a submission. */
    @SuppressWarnings("ArrayRecordComponent") // a row, never compared
    record Row(
            PartyId party,
            CommandId commandId,
            String function,
            Digest content,
            String transactionId,
            byte @Nullable [] payload,
            byte @Nullable [] signature,
            Status status,
            @Nullable String code,
            @Nullable Long block,
            @Nullable Integer index) {

        /** The outcome that the row tells of. */
        Outcome outcome() {
            return switch (status) {
                case SENT -> new Outcome.Unknown(transactionId);
                case INVALID -> new Outcome.Invalidated(transactionId, code == null ? "" : code);
                case COMMITTED ->
                    new Outcome.Committed(transactionId, block == null ? -1 : block, index == null ? -1 : index);
            };
        }
    }

    /** How far it got; in the database in lower case. */
    enum Status {
        SENT,
        COMMITTED,
        INVALID
    }

    Optional<Row> find(PartyId party, CommandId commandId);

    Optional<Row> find(String transactionId);

    /** Those whose fate is not known. */
    List<Row> sent();

    /**
     * Keeps a signed transaction before it is sent. A transaction that was found invalid gives way to a new one of the same
     * command; any other does not.
     *
     * @return false if another transaction of the same command is on its way or committed
     */
    boolean keep(SignedCommand signed);

    /** Forgets a transaction that the network refused to order. */
    void forget(String transactionId);

    /** The first block that has not been looked at. */
    long nextBlock();

    /** Stores what a block says of submissions, and that it has been looked at, in one go. */
    void settle(long block, List<Commit> commits);

    /** What the blocks of the read model tell of a transaction, whoever sent it: its first entry, which is the one that counts. */
    Optional<Entry> onLedger(String transactionId);

    /** Stores what an earlier block says of a submission. */
    void note(Entry entry);

    /** A transaction's place in the ledger. */
    record Entry(long block, Commit commit) {}
}
