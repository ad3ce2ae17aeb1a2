package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Valid terms of two lines, 2 x 1000 + 100 and 1 x 500 + 0 cents at 10,000 units a cent; a test changes what it tries. */
public final class TermsBuilder {
    static final long RATE = 10_000;
    static final long FIRST = 2_100 * RATE;
    static final long SECOND = 500 * RATE;
    static final long TOTAL = FIRST + SECOND;

    int termsVersion = 1;
    String ledger = Bazaar.LEDGER;
    OrderId orderId = Bazaar.ORDER;
    int consignment = 1;
    Person buyer = Bazaar.BUYER;
    Person merchant = Bazaar.MERCHANT;
    List<PartyId> arbiters = List.of(Bazaar.ARBITER.id(), Bazaar.SUBSTITUTE.id());

    @Nullable
    List<DeliveryCondition> conditions;

    String currency = "BRL";
    List<Terms.Line> lines = List.of(line(1, 2, 1000, 100, FIRST), line(2, 1, 500, 0, SECOND));
    long orderTotal = 2_600;
    Asset asset = Bazaar.ASSET;
    Amount total = Amount.of(TOTAL);
    Terms.Quote quote = new Terms.Quote(RATE, 1, "test", Bazaar.START, Bazaar.START.plusSeconds(900));
    long chainId = Bazaar.CHAIN;
    EthAddress contract = Bazaar.ESCROW;
    EthAddress payer = Bazaar.BUYER.wallet().address();
    EthAddress feeReceiver = EthAddress.parse("0x" + "fe".repeat(20));
    EthAddress referrer = EthAddress.parse("0x" + "4e".repeat(20));
    Digest attesters = EscrowTypes.attesterSetHash(Bazaar.config(1));
    int feeBps = 333;
    int referralBps = 77;
    Terms.Timers timers = Bazaar.timers();
    Instant payBy = Bazaar.START.plusSeconds(24 * Bazaar.HOUR);
    Instant stopDate = payBy.plusSeconds(timers.longest(2)).plusSeconds(31 * 24 * Bazaar.HOUR);
    String returnPolicy = "inspection";

    public static TermsBuilder valid() {
        return new TermsBuilder();
    }

    /** Valid, but that another buys. */
    public static TermsBuilder by(Person buyer) {
        TermsBuilder terms = valid();
        terms.buyer = buyer;
        terms.payer = buyer.wallet().address();
        return terms;
    }

    /** Valid now, between these parties. */
    public static TermsBuilder between(Person buyer, Person merchant, List<PartyId> arbiters, Instant now) {
        TermsBuilder terms = new TermsBuilder();
        terms.buyer = buyer;
        terms.payer = buyer.wallet().address();
        terms.merchant = merchant;
        terms.arbiters = arbiters;
        terms.quote = new Terms.Quote(RATE, 1, "test", now, now.plusSeconds(900));
        terms.payBy = now.plusSeconds(Bazaar.HOUR);
        terms.stopDate = now.plusSeconds(365 * 24 * Bazaar.HOUR);
        return terms;
    }

    /** The first line's price comes from this offer. */
    public static TermsBuilder citing(SaleOffer offer, int use) {
        TermsBuilder terms = valid();
        Terms.Line own = terms.lines.getFirst();
        Terms.Line cites = new Terms.Line(
                own.line(),
                own.product(),
                own.gtin(),
                own.quantity(),
                own.price(),
                own.freight(),
                own.amount(),
                new Terms.Cited(offer.hash(), use));
        terms.lines = List.of(cites, terms.lines.getLast());
        return terms;
    }

    /** The same with so much more time to pay, and a quote that holds as long. */
    public TermsBuilder payingLater(Duration more) {
        payBy = payBy.plus(more);
        stopDate = stopDate.plus(more);
        quote = new Terms.Quote(RATE, 1, "test", quote.at(), payBy);
        return this;
    }

    /** The same with these timers. */
    public TermsBuilder timed(Terms.Timers lengths) {
        timers = lengths;
        return this;
    }

    /** The same with every timer of this length. */
    public TermsBuilder timed(Duration each) {
        long seconds = each.toSeconds();
        timers = new Terms.Timers(seconds, seconds, seconds, seconds, seconds, seconds, seconds, seconds);
        return this;
    }

    /**
     * The same two lines in another unit: 2 x 1000 + 100 and 1 x 500 minor units of the currency.
     *
     * @param rate minor units of the asset for one of the currency
     */
    public TermsBuilder in(String unit, Asset settledIn, long rate) {
        BigInteger each = BigInteger.valueOf(rate);
        Amount first = new Amount(each.multiply(BigInteger.valueOf(2_100)));
        Amount second = new Amount(each.multiply(BigInteger.valueOf(500)));
        currency = unit;
        asset = settledIn;
        lines = List.of(
                new Terms.Line(1, "product-1", Bazaar.GTIN, 2, Amount.of(1_000), Amount.of(100), first),
                new Terms.Line(2, "product-2", Bazaar.GTIN, 1, Amount.of(500), Amount.ZERO, second));
        total = first.plus(second);
        quote = new Terms.Quote(rate, 1, quote.source(), quote.at(), quote.expiry());
        return this;
    }

    /** The same of another order. */
    public TermsBuilder of(OrderId order) {
        orderId = order;
        return this;
    }

    static Terms.Line line(int number, int quantity, long price, long freight, long amount) {
        return new Terms.Line(
                number,
                "product-" + number,
                Bazaar.GTIN,
                quantity,
                Amount.of(price),
                Amount.of(freight),
                Amount.of(amount));
    }

    /** The same with such conditions. */
    public TermsBuilder with(DeliveryCondition... all) {
        conditions = List.of(all);
        return this;
    }

    public Terms build() {
        return new Terms(
                termsVersion,
                ledger,
                orderId,
                consignment,
                buyer.id(),
                merchant.id(),
                arbiters,
                lines,
                new Money(Amount.of(orderTotal), currency),
                asset,
                total,
                quote,
                new Terms.EscrowTerms(
                        chainId,
                        contract,
                        payer,
                        merchant.wallet().address(),
                        feeReceiver,
                        referrer,
                        attesters,
                        Digest.ZERO),
                feeBps,
                referralBps,
                timers,
                payBy,
                stopDate,
                returnPolicy,
                conditions);
    }

    public SignedTerms signed() {
        Terms terms = build();
        byte[] bytes = terms.canonicalBytes();
        return new SignedTerms(terms, buyer.sign(bytes), merchant.sign(bytes));
    }
}
