package io.clearmarket.gateway.submission;

import org.jspecify.annotations.Nullable;

/** A command that did not get as far as the chaincode's word on it. */
public final class SubmissionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    public SubmissionFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** Kinds of failure; all but the last two are the caller's to put right. */
    public enum Kind {
        /** The bytes are no proposal or transaction of this ledger. */
        MALFORMED_TRANSACTION,
        /** The transaction is another party's. */
        NOT_YOURS,
        /** The signature is not the creator's, or the ledger does not know the creator. */
        BAD_SIGNATURE,
        CERTIFICATE_EXPIRED,
        /** The proposal is too old, or from the future. */
        STALE_PROPOSAL,
        /** The transaction has been committed already. */
        DUPLICATE_TRANSACTION,
        /** Others keep changing what the command is about. */
        CONFLICT,
        /** The ledger does not answer. */
        UNAVAILABLE
    }
}
