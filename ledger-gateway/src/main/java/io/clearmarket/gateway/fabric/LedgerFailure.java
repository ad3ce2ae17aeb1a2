package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.Refusal;
import org.jspecify.annotations.Nullable;

/** Why the ledger did not do what it was asked. */
public abstract sealed class LedgerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The chaincode refused; asking again in the same way gives the same answer. */
    public static final class Refused extends LedgerFailure {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;

        public Refused(Refusal refusal, @Nullable Throwable cause) {
            super(refusal.code() + ": " + refusal.message(), cause);
            this.refusal = refusal;
        }

        /** The chaincode's own words. */
        public Refusal refusal() {
            return refusal;
        }
    }

    /** Peers read at different heights and did not agree: a new proposal of the same command may succeed. */
    public static final class Conflict extends LedgerFailure {
        private static final long serialVersionUID = 1L;

        public Conflict(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The network, or a part of it that is needed, did not answer; whether it acted is not known. */
    public static final class Unavailable extends LedgerFailure {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The network refuses these bytes: a signature, a certificate, a timestamp or their form. */
    public static final class Rejected extends LedgerFailure {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        public Rejected(Reason reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        /** What kind of thing is wrong. */
        public Reason reason() {
            return reason;
        }
    }

    /** Kinds of rejection. */
    public enum Reason {
        /** Bytes that are no proposal or transaction, or not of our channel and chaincode. */
        MALFORMED,
        /** The signature is not the creator's, or the creator no member of an organisation. */
        ACCESS_DENIED,
        CERTIFICATE_EXPIRED,
        /** The proposal's timestamp is too far from the peers' clocks. */
        TIMESTAMP,
        /** A transaction of this id has been committed already. */
        DUPLICATE_TRANSACTION,
        OTHER
    }
}
