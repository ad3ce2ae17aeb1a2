package io.clearmarket.wallet.proof;

/** What was given proves nothing; says which check failed and on what. */
public final class InvalidProof extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The check that failed, in the order in which they are made. */
    public enum Check {
        /** The bytes are not of the format, or not in its one canonical form. */
        FORMAT,
        /** The policy knows no such log. */
        LOG,
        /** The checkpoint is not what the log or a witness signed. */
        SIGNATURE,
        /** Too few, or the wrong, witnesses co-signed. */
        QUORUM,
        /** The leaf is not in the tree of the checkpoint. */
        INCLUSION,
        /** The record is not the one whose hash is in the leaf. */
        RECORD,
        /** A disclosed field is not the one that the record commits to. */
        DISCLOSURE
    }

    private final Check check;

    InvalidProof(Check check, String message) {
        super(message);
        this.check = check;
    }

    /** That something is not of the format, or not in its one canonical form. */
    public static InvalidProof format(String message) {
        return new InvalidProof(Check.FORMAT, message);
    }

    /** The check that failed. */
    public Check check() {
        return check;
    }
}
