package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.Refusal;

/** The chaincode's refusal of a command, where the answer can't be an {@link Outcome}. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    public CommandRefused(Refusal refusal) {
        super(refusal.code() + ": " + refusal.message());
        this.refusal = refusal;
    }

    /** The chaincode's own words. */
    public Refusal refusal() {
        return refusal;
    }
}
