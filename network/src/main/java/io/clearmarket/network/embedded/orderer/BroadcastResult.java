package io.clearmarket.network.embedded.orderer;

import org.hyperledger.fabric.protos.common.Status;

/** What the orderer says to an envelope: SUCCESS means accepted for ordering, nothing more. */
public record BroadcastResult(Status status, String info) {
    static final BroadcastResult SUCCESS = new BroadcastResult(Status.SUCCESS, "");

    static BroadcastResult badRequest(String info) {
        return new BroadcastResult(Status.BAD_REQUEST, info);
    }

    public boolean accepted() {
        return status == Status.SUCCESS;
    }
}
