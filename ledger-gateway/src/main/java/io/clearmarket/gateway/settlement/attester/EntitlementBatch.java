package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.EscrowTypes.Entitlement;
import io.clearmarket.wallet.eip712.Eip712;
import java.util.List;

/**
 * Entitlements that are to be signed together, all on escrows of one contract.
 *
 * @param domain the contract's
 */
public record EntitlementBatch(Eip712.Domain domain, List<Item> items) {
    /** What a consignment's newest decision entitles to. */
    public record Item(ConsignmentId consignmentId, Entitlement entitlement) {
        /** The decision's number. */
        public int decision() {
            return Integer.parseInt(entitlement.decision().hex(), 16);
        }
    }

    public EntitlementBatch {
        items = List.copyOf(items);
    }

    /** The entitlements, in order. */
    public List<Entitlement> entitlements() {
        return items.stream().map(Item::entitlement).toList();
    }
}
