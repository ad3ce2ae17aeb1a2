package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the terms of a consignment from an order's lines. */
final class TermsWriter {
    /** Settlement token units (six decimals) per centavo: 1 BRL is 0.20 of the test token, in every replay. */
    static final long UNITS_PER_CENTAVO = 2_000;

    static final int FEE_BPS = 500;
    private static final Terms.Timers TIMERS =
            new Terms.Timers(days(30), days(60), days(7), days(14), days(30), days(7), days(14), days(7));

    /**
     * What all terms of a replay have in common.
     *
     * @param attesters hash of the market's attester set
     * @param feeReceiver the platform's address
     */
    record Market(
            String ledger, Asset asset, EthAddress escrow, Digest attesters, EthAddress feeReceiver, PartyId arbiter) {}

    /** A party of the terms. */
    record Side(PartyId party, EthAddress address) {}

    private final Market market;
    private final Seed seed;
    private final Map<String, Integer> productNumbers;

    /** @param productNumbers each product's place in the catalogue, for its GTIN */
    TermsWriter(Market market, Seed seed, Map<String, Integer> productNumbers) {
        this.market = market;
        this.seed = seed;
        this.productNumbers = productNumbers;
    }

    Terms write(OrderId order, int consignment, Side buyer, Side merchant, List<Olist.Line> sold) {
        List<Terms.Line> lines = lines(sold);
        Instant start = seed.startedAt();
        Instant payBy = start.plus(Duration.ofDays(7));
        return new Terms(
                1,
                market.ledger(),
                order,
                consignment,
                buyer.party(),
                merchant.party(),
                List.of(market.arbiter()),
                lines,
                new Money(
                        Amount.of(sold.stream().mapToLong(TermsWriter::centavos).sum()), "BRL"),
                market.asset(),
                lines.stream().map(Terms.Line::amount).reduce(Amount.ZERO, Amount::plus),
                new Terms.Quote(UNITS_PER_CENTAVO, 1, "replay: fixed at 1 BRL = 0.20 test token", start, payBy),
                new Terms.EscrowTerms(
                        market.asset().chainId(),
                        market.escrow(),
                        buyer.address(),
                        merchant.address(),
                        market.feeReceiver(),
                        EthAddress.ZERO,
                        market.attesters(),
                        Digest.of(seed.bytes("salt:" + order + "." + consignment))),
                FEE_BPS,
                0,
                TIMERS,
                payBy,
                payBy.plusSeconds(TIMERS.longest(1)).plus(Duration.ofDays(31)),
                "inspection");
    }

    String gtin(Olist.Line line) {
        Integer number = productNumbers.get(line.product());
        if (number == null) {
            throw new ReplayException("product " + line.product() + " is in order_items.csv but not in products.csv");
        }
        return Gs1.gtin(number);
    }

    private List<Terms.Line> lines(List<Olist.Line> sold) {
        List<Terms.Line> lines = new ArrayList<>();
        for (Olist.Line line : sold) {
            lines.add(new Terms.Line(
                    lines.size() + 1,
                    line.product(),
                    gtin(line),
                    1,
                    Amount.of(line.price()),
                    Amount.of(line.freight()),
                    Amount.of(centavos(line)).times(UNITS_PER_CENTAVO)));
        }
        return lines;
    }

    private static long centavos(Olist.Line line) {
        return line.price() + line.freight();
    }

    private static long days(int days) {
        return Duration.ofDays(days).toSeconds();
    }
}
