package io.clearmarket.chaincode.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Order currency as settlement asset, and that as the buyer's tender, at the quote of the terms. Whole units on all sides; nothing is lost by rounding:
 * lines add up to the whole, and parts of a settlement to the order's total and to the tender.
 */
public final class Conversion {
    private Conversion() {}

    /**
     * A rate between major units as a quote between minor units, exactly.
     *
     * @param rate settlement asset's major units for one of the order currency, such as 0.1853
     * @param currencyDigits of the order currency (ISO 4217: 0 for JPY, 2 for USD, 3 for BHD, 4 for CLF)
     * @param assetDigits of the settlement asset, as its token's {@code decimals} says
     * @throws InvalidValue if it is not positive, or a side of the quote would reach 2^120: a rate is never rounded in silence
     */
    public static Terms.Quote quote(
            BigDecimal rate, int currencyDigits, int assetDigits, String source, Instant at, Instant expiry) {
        QuoteSide[] sides = sides(rate, currencyDigits, assetDigits);
        return new Terms.Quote(sides[0], sides[1], source, at, expiry);
    }

    /**
     * What a buyer hands over for a total of the settlement asset, at a rate between major units.
     *
     * @param rate the tender's major units for one of the settlement asset, such as 0.9217
     * @param unitDigits of the tender: ISO 4217's, or the asset's decimals
     * @throws InvalidValue as {@link #quote}
     */
    public static Tender tender(
            String unit, BigDecimal rate, int assetDigits, int unitDigits, Amount total, String provider) {
        QuoteSide[] sides = sides(rate, assetDigits, unitDigits);
        return new Tender(unit, tendered(sides[0], sides[1], total), sides[0], sides[1], provider);
    }

    /** Numerator and denominator between minor units, in their lowest terms. */
    private static QuoteSide[] sides(BigDecimal rate, int fromDigits, int toDigits) {
        if (rate.signum() <= 0) {
            throw new InvalidValue("rate", rate.toPlainString(), "more than zero");
        }
        BigDecimal minor = rate.scaleByPowerOfTen(toDigits - fromDigits);
        BigInteger numerator = minor.unscaledValue();
        BigInteger denominator = BigInteger.ONE;
        if (minor.scale() > 0) {
            denominator = BigInteger.TEN.pow(minor.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-minor.scale()));
        }
        BigInteger common = numerator.gcd(denominator);
        return new QuoteSide[] {new QuoteSide(numerator.divide(common)), new QuoteSide(denominator.divide(common))};
    }

    /** A sum of prices in the settlement asset: the nearest whole unit, a half rounded up. */
    public static Amount whole(Terms.Quote quote, Amount price) {
        return nearest(product(price, quote.numerator()), quote.denominator().value());
    }

    /**
     * Each price in the settlement asset, rounded up or down so that all add up to {@link #whole} of their sum: the largest remainders are
     * rounded up, of equal ones the first.
     */
    public static List<Amount> lines(Terms.Quote quote, List<Amount> prices) {
        BigInteger denominator = quote.denominator().value();
        List<BigInteger[]> divided = prices.stream()
                .map(price -> product(price, quote.numerator()).divideAndRemainder(denominator))
                .toList();
        BigInteger left =
                whole(quote, prices.stream().reduce(Amount.ZERO, Amount::plus)).units();
        List<Amount> amounts = new ArrayList<>();
        for (BigInteger[] parts : divided) {
            amounts.add(new Amount(parts[0]));
            left = left.subtract(parts[0]);
        }
        IntStream.range(0, divided.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> divided.get(i)[1]).reversed())
                .limit(left.intValueExact())
                .forEach(i -> amounts.set(i, amounts.get(i).plus(Amount.of(1))));
        return amounts;
    }

    /** True if the amount is the price at the quote, rounded up or down to a whole unit. */
    public static boolean isRounded(Terms.Quote quote, Amount price, Amount amount) {
        BigInteger exact = product(price, quote.numerator());
        BigInteger taken = product(amount, quote.denominator());
        return exact.subtract(taken).abs().compareTo(quote.denominator().value()) < 0;
    }

    /**
     * What a cumulative amount of a consignment's settlement asset is in the order's currency, at the original rate: its part of the order's
     * total, the nearest whole unit. A refund is the difference of what came after it and what came before, so that all parts add up.
     *
     * @param settled 0 to the terms' total
     */
    public static Amount inOrderCurrency(Terms terms, Amount settled) {
        return inOrderCurrency(terms.orderTotal().amount(), terms.total(), settled);
    }

    static Amount inOrderCurrency(Amount ordered, Amount total, Amount settled) {
        return part(ordered, total, settled);
    }

    /** What a total of the settlement asset is at the tender's rate: the nearest whole unit, a half rounded up. */
    public static Amount tendered(Tender tender, Amount total) {
        return tendered(tender.numerator(), tender.denominator(), total);
    }

    private static Amount tendered(QuoteSide numerator, QuoteSide denominator, Amount total) {
        return nearest(product(total, numerator), denominator.value());
    }

    /**
     * A consignment's money in the tender, at the original rate. What goes back is its part of the tender, what the merchant's side gets is all but the rest's
     * part, and what is held is between them: so the three are the tender at any moment, and each depends on no other's past. A refund is the difference
     * of what came after it and what came before.
     *
     * @param total of the terms, more than zero
     * @param gross cumulative, to the merchant's side
     * @param buyer cumulative, back to the buyer; both together at most the total
     */
    public static Tendered inTender(Tender tender, Amount total, Amount gross, Amount buyer) {
        Amount returned = part(tender.amount(), total, buyer);
        Amount kept = part(tender.amount(), total, total.minus(gross));
        return new Tendered(kept.minus(returned), tender.amount().minus(kept), returned);
    }

    /**
     * A tender by whose it is, in its minor units.
     *
     * @param held nobody's yet
     * @param gross the merchant's side's
     * @param buyer the buyer's again
     */
    public record Tendered(Amount held, Amount gross, Amount buyer) {}

    private static Amount part(Amount whole, Amount total, Amount settled) {
        return nearest(settled.units().multiply(whole.units()), total.units());
    }

    private static BigInteger product(Amount amount, QuoteSide factor) {
        return amount.units().multiply(factor.value());
    }

    private static Amount nearest(BigInteger numerator, BigInteger denominator) {
        return new Amount(numerator.shiftLeft(1).add(denominator).divide(denominator.shiftLeft(1)));
    }
}
