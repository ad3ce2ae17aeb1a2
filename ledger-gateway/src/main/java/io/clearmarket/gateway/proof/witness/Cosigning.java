package io.clearmarket.gateway.proof.witness;

import io.clearmarket.wallet.proof.NoteSignature;

/** A witness's answer to a checkpoint: C2SP tlog-witness, add-checkpoint. */
public sealed interface Cosigning {
    /** It cosigned, and remembers that it did. */
    record Cosigned(NoteSignature signature) implements Cosigning {}

    /** @param size of the checkpoint that it cosigned last; the proof has to start there */
    record Conflict(long size) implements Cosigning {}

    /** Its own peer is not so far yet; another try will do. */
    record Behind(long size) implements Cosigning {}

    /** @param reason why there is no answer, for a person; another try may do */
    record Away(String reason) implements Cosigning {}

    /** @param reason why it never will, for a person: the log may have forked */
    record Refused(Reason kind, String reason) implements Cosigning {}

    /** Kinds of refusal. */
    enum Reason {
        /** The request is malformed. */
        MALFORMED,
        /** It knows no such log. */
        UNKNOWN_LOG,
        /** The log did not sign this. */
        BAD_SIGNATURE,
        /** The log does not begin with what the witness cosigned before. */
        INCONSISTENT,
        /** The witness's own peer has other writes. */
        DIFFERS_FROM_LEDGER
    }
}
