package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import java.util.List;
import java.util.Map;

/**
 * How much one attester lets out: a limit per asset and hour, and an operator's pause. It stands in the signer because
 * signatures can be sent by anyone. What is reserved counts from the moment before the signature exists; signing the same
 * cumulative amount again takes nothing from the limit.
 */
@FunctionalInterface
public interface OutflowLimit {
    /** What an escrow would have paid out in all. */
    record Outflow(Digest escrowId, Asset asset, Amount cumulative) {}

    /**
     * Reserves all, or nothing, durably: what is reserved counts from before the signature exists.
     *
     * @return why not, by index; empty if all is reserved
     */
    Map<Integer, String> reserve(List<Outflow> outflows);
}
