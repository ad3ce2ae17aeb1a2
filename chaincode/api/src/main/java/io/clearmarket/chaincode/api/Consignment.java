package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The state of one consignment. Its terms are a record of their own, written once.
 *
 * @param version counts accepted commands, 1 after placing
 * @param escrowId the escrow's id on the settlement chain
 * @param carrier who brings the goods, once shipped; who brings them back, once a return is asked for
 * @param items the items of each line, once shipped
 * @param returning the items that were picked up to be brought back
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

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        List<Command.LineItems> returning,

        List<Integer> acceptedLines,
        List<Integer> refundedLines,
        boolean closed) {

    public Consignment {
        items = List.copyOf(items);
        returning = returning == null ? List.of() : List.copyOf(returning);
        acceptedLines = List.copyOf(acceptedLines);
        refundedLines = List.copyOf(refundedLines);
    }

    @Override
    public List<Command.LineItems> returning() {
        return returning == null ? List.of() : returning;
    }

    /** Where it stands, in one word: closed, else in a dispute, else where the goods are. */
    public State state() {
        if (closed) {
            return State.CLOSED;
        }
        return dispute != null ? State.DISPUTED : State.valueOf(goods.name());
    }

    /** Where a consignment stands; it is in one state at a time. */
    public enum State {
        PLACED,
        SHIPPED,
        DELIVERED,
        RETURN_REQUESTED,
        RETURN_SHIPPED,
        RETURNED,
        DISPUTED,
        CLOSED
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
            @Nullable Instant returnShipBy,
            @Nullable Instant returnDeliverBy,
            @Nullable Instant returnInspectUntil,
            @Nullable Instant arbiterBy,
            @Nullable Instant appealUntil,
            Instant stopDate) {}

    /**
     * An open or ruled dispute.
     *
     * @param arbiter index into the terms' arbiters
     * @param ruling gross to the merchant's side and the rest to the buyer, once ruled
     * @param appealed the ruling that was taken to the next arbiter, if one was; it stands if nobody rules again
     * @param offers what buyer and merchant propose, at most one each; gone when what is held changes
     */
    public record Dispute(
            Status status,
            int arbiter,
            Digest reason,
            @Nullable Ruling ruling,
            @Nullable Appealed appealed,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
            List<Offer> offers) {
        public Dispute {
            offers = offers == null ? List.of() : List.copyOf(offers);
        }

        /** Opened before the first arbiter. */
        public static Dispute opened(Digest reason) {
            return new Dispute(Status.OPEN, 0, reason, null, null, List.of());
        }

        @Override
        public List<Offer> offers() {
            return offers == null ? List.of() : offers;
        }

        /**
         * The arbiter whose turn it is after the current one: the next in the terms, and after an appeal also those before
         * the one who ruled, who is not asked again.
         *
         * @param arbiters how many the terms name
         * @return an index into the terms' arbiters, empty if none is left
         */
        public OptionalInt substitute(int arbiters) {
            int next = arbiter + 1;
            if (appealed == null) {
                return next < arbiters ? OptionalInt.of(next) : OptionalInt.empty();
            }
            return next % arbiters == appealed.arbiter() ? OptionalInt.empty() : OptionalInt.of(next % arbiters);
        }

        /** Waiting for the arbiter, or for the appeal window to pass. */
        public enum Status {
            OPEN,
            RULED
        }
    }

    /** What the arbiter said. */
    public record Ruling(Amount toMerchant, Amount toBuyer, Digest reasons) {}

    /**
     * A ruling that was appealed.
     *
     * @param arbiter who ruled, as index into the terms' arbiters
     * @param by who appealed
     */
    public record Appealed(int arbiter, Ruling ruling, PartyId by, Digest reason) {}

    /**
     * A split that one side proposes.
     *
     * @param version the consignment's version on which it was proposed
     */
    public record Offer(PartyId by, Amount toMerchant, Amount toBuyer, long version) {
        /** SHA-256 of the RFC 8785 bytes of {consignmentId, offer}: what the other side agrees to. */
        public Digest digest(ConsignmentId consignment) {
            return Digest.sha256(CanonicalJson.bytes(new Proposed(consignment, this)));
        }

        private record Proposed(ConsignmentId consignmentId, Offer offer) {}
    }
}
