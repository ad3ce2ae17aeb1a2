package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;

/** A request that never reaches the rules; {@link MarketChaincode} turns it into the response. */
final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RequestRefused(RefusalCode code, String message) {
        super(message, null, false, false);
        refusal = new Refusal(code, message);
    }

    Refusal refusal() {
        return refusal;
    }
}
