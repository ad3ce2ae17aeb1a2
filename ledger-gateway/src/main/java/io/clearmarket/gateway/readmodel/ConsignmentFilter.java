package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.wallet.identity.PartyId;
import org.jspecify.annotations.Nullable;

/** Which consignments are wanted; what is absent does not matter. */
public record ConsignmentFilter(
        @Nullable PartyId merchant,
        @Nullable PartyId buyer,
        Consignment.@Nullable Goods goods,
        @Nullable Boolean closed,
        @Nullable OrderId order) {
    /** All of them. */
    public static final ConsignmentFilter ALL = new ConsignmentFilter(null, null, null, null, null);
}
