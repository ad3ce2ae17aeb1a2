package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;

/** A request that is refused, by the rules or before it reaches them; {@link MarketChaincode} makes it the response. */
final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RequestRefused(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    RequestRefused(RefusalCode code, String message) {
        this(new Refusal(code, message));
    }

    Refusal refusal() {
        return refusal;
    }
}
