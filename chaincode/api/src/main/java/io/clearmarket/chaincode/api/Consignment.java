package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one consignment. Its terms are a record of their own, written once.
 *
 * @param version counts accepted commands, 1 after placing
 * @param escrowId the escrow's id on the settlement chain
 * @param carrier who was handed the goods, once shipped
 * @param items the items of each line, once shipped
 * @param acceptedLines lines that the buyer has released, by number, ascending
 * @param refundedLines lines that the merchant has given back, likewise
 * @param closed nothing is held and nothing more can happen but a late deposit and payouts
 */
public record Consignment(
        ConsignmentId id,
        OrderId orderId,
        PartyId buyer,
        PartyId merchant,
        Asset asset,
        Digest termsHash,
        Digest escrowId,
        long version,
        Goods goods,
        Ledgered money,
        Deadlines deadlines,
        @Nullable Dispute dispute,
        @Nullable PartyId carrier,
        List<Command.LineItems> items,
        List<Integer> acceptedLines,
        List<Integer> refundedLines,
        boolean closed) {

    public Consignment {
        items = List.copyOf(items);
        acceptedLines = List.copyOf(acceptedLines);
        refundedLines = List.copyOf(refundedLines);
    }

    /** Where the goods are. */
    public enum Goods {
        PLACED,
        SHIPPED,
        DELIVERED,
        RETURN_REQUESTED,
        RETURN_SHIPPED,
        RETURNED
    }

    /**
     * The money, in minor units of the asset. Always: deposited = held + gross + buyer, and gross = merchant + fee +
     * referrer, fee and referrer being the terms' basis points of the cumulative gross, rounded down.
     *
     * @param gross decided to the merchant's side, cumulative
     * @param buyer decided back to the buyer, cumulative
     * @param paidGross seen paid to the merchant's side on the settlement chain, cumulative
     * @param paidBuyer seen paid back to the payer, cumulative
     * @param decisions numbered from 1; the newest one's cumulative amounts are the entitlement
     */
    public record Ledgered(
            Amount deposited,
            Amount held,
            Amount gross,
            Amount merchant,
            Amount fee,
            Amount referrer,
            Amount buyer,
            Amount paidGross,
            Amount paidBuyer,
            List<Decision> decisions) {
        public static final Ledgered NOTHING = new Ledgered(
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                List.of());

        public Ledgered {
            decisions = List.copyOf(decisions);
        }

        /** True if all that was decided has been seen paid. */
        @JsonIgnore
        public boolean isSettled() {
            return gross.equals(paidGross) && buyer.equals(paidBuyer);
        }
    }

    /**
     * One decision, with cumulative amounts after it.
     *
     * @param reason the command that made it, such as {@code accept}
     */
    public record Decision(int number, String reason, Amount gross, Amount buyer, Instant at) {}

    /** Absolute instants; absent until started, absent again when ended. */
    public record Deadlines(
            @Nullable Instant payBy,
            @Nullable Instant shipBy,
            @Nullable Instant deliverBy,
            @Nullable Instant inspectUntil,
            @Nullable Instant arbiterBy,
            @Nullable Instant appealUntil,
            Instant stopDate) {}

    /**
     * An open or ruled dispute.
     *
     * @param arbiter index into the terms' arbiters
     * @param ruling gross to the merchant's side and the rest to the buyer, once ruled
     */
    public record Dispute(
            Status status,
            int arbiter,
            Digest reason,
            @Nullable Ruling ruling) {
        /** Waiting for the arbiter, or for the appeal window to pass. */
        public enum Status {
            OPEN,
            RULED
        }
    }

    /** What the arbiter said. */
    public record Ruling(Amount toMerchant, Amount toBuyer, Digest reasons) {}
}
