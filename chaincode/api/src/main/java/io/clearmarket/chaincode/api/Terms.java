package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What buyer and merchant sign for one consignment. Both sign the RFC 8785 bytes; their SHA-256 is {@code termsHash}, which
 * both ledgers carry.
 *
 * @param ledger the ledger these terms are for, {@link MarketConfig#ledger}: a signature counts on no other
 * @param consignment 1 for the order's first consignment, and so on
 * @param arbiters the first arbiter, then substitutes, in order; none of them buyer or merchant
 * @param lines at least one, numbered 1, 2, ...
 * @param orderTotal sum of the lines' price x quantity + freight, in the order currency
 * @param total sum of the lines' amounts, in minor units of the settlement asset: exactly what is to be deposited
 * @param feeBps market fee in basis points of what goes to the merchant's side
 * @param referralBps referrer's share, likewise
 * @param payBy last moment for the deposit, whole seconds
 * @param stopDate after it the escrow contract gives back to the payer what nobody decided, whole seconds
 * @param returnPolicy {@code inspection} (return within the inspection window) or {@code none}
 * @param conditions events about the goods that decide, numbered from 1; absent for none, as in terms of the time before there were any
 */
public record Terms(
        @Within(least = 1, most = Terms.VERSION) int termsVersion,
        @Form(MarketConfig.LEDGER) String ledger,
        OrderId orderId,
        @Within(least = 1, most = Limits.CONSIGNMENTS) int consignment,
        PartyId buyer,
        PartyId merchant,
        @Count(least = 1, most = Limits.ARBITERS) List<PartyId> arbiters,
        @Count(least = 1, most = Limits.LINES) List<Line> lines,
        Money orderTotal,
        Asset asset,
        Amount total,
        Quote quote,
        EscrowTerms escrow,
        @Within(least = 0, most = Limits.ALL_BPS) int feeBps,
        @Within(least = 0, most = Limits.ALL_BPS) int referralBps,
        Timers timers,
        Instant payBy,
        Instant stopDate,
        @Form(Terms.RETURN_POLICY) String returnPolicy,

        @Count(least = 1, most = Limits.CONDITIONS) @Nullable
        List<DeliveryCondition> conditions) {
    /** The version of terms that there is. */
    public static final int VERSION = 1;

    /** Within the inspection window, or never. */
    public static final String RETURN_POLICY = "inspection|none";

    /**
     * One thing sold.
     *
     * @param line 1, 2, ... within the consignment
     * @param product the merchant's own product id
     * @param gtin GS1 GTIN-14 with a valid check digit
     * @param price per piece, in minor units of the order currency
     * @param freight for the line
     * @param amount price x quantity + freight in minor units of the settlement asset at the quote's rate
     * @param cited the merchant's published offer that the price comes from, if it does
     */
    public record Line(
            @Within(least = 1, most = Limits.LINES) int line,
            String product,
            @Form(Gtin.FORM) String gtin,
            @Within(least = 1, most = Limits.PIECES) int quantity,
            Amount price,
            Amount freight,
            Amount amount,
            @Nullable Cited cited) {
        /** A line at a price of its own. */
        public Line(int line, String product, String gtin, int quantity, Amount price, Amount freight, Amount amount) {
            this(line, product, gtin, quantity, price, freight, amount, null);
        }
    }

    /**
     * A published offer, and which of its uses this is.
     *
     * @param offer {@link SaleOffer#hash}
     * @param use 1 to the offer's uses; each counts once, so buyers who choose different ones never conflict
     */
    public record Cited(
            Digest offer,
            @Within(least = 1, most = Limits.USES) int use) {}

    /**
     * The rate at which order currency became settlement asset: asset minor units = order minor units x numerator /
     * denominator, each line rounded up or down to a whole unit and all together to the nearest ({@link Conversion#lines}).
     *
     * @param tender what the buyer hands over; absent where that is the settlement asset, as in terms of the time before there was any other
     */
    public record Quote(
            QuoteSide numerator,
            QuoteSide denominator,
            String source,
            Instant at,
            Instant expiry,
            @Nullable Tender tender) {
        /** Without another tender. */
        public Quote(QuoteSide numerator, QuoteSide denominator, String source, Instant at, Instant expiry) {
            this(numerator, denominator, source, at, expiry, null);
        }

        /** Of sides that a long holds. */
        public Quote(long numerator, long denominator, String source, Instant at, Instant expiry) {
            this(QuoteSide.of(numerator), QuoteSide.of(denominator), source, at, expiry);
        }

        /** The same with what the buyer hands over. */
        public Quote with(Tender handedOver) {
            return new Quote(numerator, denominator, source, at, expiry, handedOver);
        }
    }

    /**
     * The chain's side: with the rest of the terms all that the contract's EIP-712 struct {@code EscrowTerms} needs.
     *
     * @param attesters hash of the attester set that may sign entitlements
     * @param salt makes the escrow id unguessable and unique
     */
    public record EscrowTerms(
            @Within(least = 1) long chainId,
            EthAddress contract,
            EthAddress payer,
            EthAddress merchant,
            EthAddress feeReceiver,
            EthAddress referrer,
            Digest attesters,
            Digest salt) {}

    /** Lengths of the timers, in seconds. */
    public record Timers(
            @Within(least = 1, most = Limits.TEN_YEARS) long shipWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long deliverWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long inspectWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long returnShipWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long returnDeliverWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long returnInspectWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long arbiterWithin,
            @Within(least = 1, most = Limits.TEN_YEARS) long appealWithin) {

        /** The longest way: ship, deliver, inspect, return and inspect it, every arbiter, an appeal. */
        public long longest(int arbiters) {
            return Math.addExact(
                    Math.addExact(
                            Math.addExact(shipWithin, deliverWithin), Math.addExact(inspectWithin, returnShipWithin)),
                    Math.addExact(
                            Math.addExact(returnDeliverWithin, returnInspectWithin),
                            Math.addExact(Math.multiplyExact(2L * arbiters, arbiterWithin), appealWithin)));
        }
    }

    public Terms {
        arbiters = List.copyOf(arbiters);
        lines = List.copyOf(lines);
        conditions = conditions == null ? null : List.copyOf(conditions);
    }

    /** Terms without conditions. */
    public Terms(
            int termsVersion,
            String ledger,
            OrderId orderId,
            int consignment,
            PartyId buyer,
            PartyId merchant,
            List<PartyId> arbiters,
            List<Line> lines,
            Money orderTotal,
            Asset asset,
            Amount total,
            Quote quote,
            EscrowTerms escrow,
            int feeBps,
            int referralBps,
            Timers timers,
            Instant payBy,
            Instant stopDate,
            String returnPolicy) {
        this(
                termsVersion,
                ledger,
                orderId,
                consignment,
                buyer,
                merchant,
                arbiters,
                lines,
                orderTotal,
                asset,
                total,
                quote,
                escrow,
                feeBps,
                referralBps,
                timers,
                payBy,
                stopDate,
                returnPolicy,
                null);
    }

    /** The conditions, none if they are absent. */
    public List<DeliveryCondition> deliveryConditions() {
        return conditions == null ? List.of() : conditions;
    }

    public ConsignmentId consignmentId() {
        return ConsignmentId.of(orderId, consignment);
    }

    /** The bytes that both parties sign (RFC 8785). */
    public byte[] canonicalBytes() {
        return CanonicalJson.bytes(this);
    }

    /** SHA-256 of {@link #canonicalBytes()}. */
    public Digest hash() {
        return Digest.sha256(canonicalBytes());
    }
}
