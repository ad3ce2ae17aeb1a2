package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which consignments are wanted; what is absent does not matter.
 *
 * @param arbiter an arbiter of the terms, first or substitute
 * @param referrer who has a share by the terms
 * @param dueBefore the running timer ends before this instant
 */
public record ConsignmentFilter(
        @Nullable PartyId merchant,
        @Nullable PartyId buyer,
        Consignment.@Nullable Goods goods,
        @Nullable Boolean closed,
        @Nullable OrderId order,
        @Nullable PartyId arbiter,
        @Nullable EthAddress referrer,
        @Nullable Instant dueBefore) {
    /** All of them. */
    public static final ConsignmentFilter ALL = new ConsignmentFilter(null, null, null, null, null, null, null, null);

    /** What one merchant sells. */
    public static ConsignmentFilter of(@Nullable PartyId merchant) {
        return new ConsignmentFilter(merchant, null, null, null, null, null, null, null);
    }

    /** Those of one order. */
    public static ConsignmentFilter of(OrderId order) {
        return new ConsignmentFilter(null, null, null, null, order, null, null, null);
    }
}
