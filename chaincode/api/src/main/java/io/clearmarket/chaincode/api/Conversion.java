package io.clearmarket.chaincode.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Order currency as settlement asset, at the quote of the terms. Whole units on both sides; nothing is lost by rounding: lines add up to the
 * whole, and parts of a settlement to the order's total.
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
        if (rate.signum() <= 0) {
            throw new InvalidValue("rate", rate.toPlainString(), "more than zero");
        }
        BigDecimal minor = rate.scaleByPowerOfTen(assetDigits - currencyDigits);
        BigInteger numerator = minor.unscaledValue();
        BigInteger denominator = BigInteger.ONE;
        if (minor.scale() > 0) {
            denominator = BigInteger.TEN.pow(minor.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-minor.scale()));
        }
        BigInteger common = numerator.gcd(denominator);
        return new Terms.Quote(
                new QuoteSide(numerator.divide(common)), new QuoteSide(denominator.divide(common)), source, at, expiry);
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
        return nearest(settled.units().multiply(ordered.units()), total.units());
    }

    private static BigInteger product(Amount amount, QuoteSide factor) {
        return amount.units().multiply(factor.value());
    }

    private static Amount nearest(BigInteger numerator, BigInteger denominator) {
        return new Amount(numerator.shiftLeft(1).add(denominator).divide(denominator.shiftLeft(1)));
    }
}
