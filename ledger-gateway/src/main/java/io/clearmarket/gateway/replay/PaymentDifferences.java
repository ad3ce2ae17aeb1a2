package io.clearmarket.gateway.replay;

import java.math.BigDecimal;
import java.util.LongSummaryStatistics;

/**
 * By how much orders' payments differ from their lines, payments less lines; counted, never booked.
 *
 * @param orders how many orders differ
 * @param sum in minor units of the currency, likewise the others; 0 if there are none
 * @param currency ISO 4217, of two decimals
 */
public record PaymentDifferences(long orders, long sum, long minimum, long maximum, String currency) {
    private static final int DECIMALS = 2;

    /** @param differences one for each order that differs, in minor units */
    static PaymentDifferences of(LongSummaryStatistics differences, String currency) {
        return differences.getCount() == 0
                ? new PaymentDifferences(0, 0, 0, 0, currency)
                : new PaymentDifferences(
                        differences.getCount(),
                        differences.getSum(),
                        differences.getMin(),
                        differences.getMax(),
                        currency);
    }

    /** One line for people, in major units. */
    @Override
    public String toString() {
        return orders == 0
                ? "no order's payments differ from its lines"
                : "payments differ from the lines by " + major(sum) + " " + currency + " in all: " + orders
                        + " orders, each by " + major(minimum) + " to " + major(maximum);
    }

    private static String major(long minor) {
        return BigDecimal.valueOf(minor, DECIMALS).toPlainString();
    }
}
