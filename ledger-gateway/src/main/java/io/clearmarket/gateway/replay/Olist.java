package io.clearmarket.gateway.replay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Olist's orders as they are in the files, joined by order id; nothing is corrected here.
 *
 * @param orders in the order of the file
 */
record Olist(List<Order> orders) {

    /** What became of an order, as the shop recorded it. */
    enum Status {
        CREATED,
        APPROVED,
        INVOICED,
        PROCESSING,
        SHIPPED,
        DELIVERED,
        CANCELED,
        UNAVAILABLE
    }

    /**
     * One order.
     *
     * @param customer {@code customer_unique_id}: the person, not the order
     * @param approved when the payment was approved, if it was
     * @param handedToCarrier when the carrier got it, if it did
     * @param delivered when the customer got it, if recorded
     * @param lines empty for orders that never had any
     */
    record Order(
            String id,
            String customer,
            String customerState,
            Status status,
            Instant purchased,
            @Nullable Instant approved,
            @Nullable Instant handedToCarrier,
            @Nullable Instant delivered,
            List<Line> lines,
            List<Payment> payments,
            List<Review> reviews) {

        /** Price and freight of all lines, in centavos. */
        long linesTotal() {
            return lines.stream()
                    .mapToLong(line -> line.price() + line.freight())
                    .sum();
        }

        /** All payments, in centavos. */
        long paymentsTotal() {
            return payments.stream().mapToLong(Payment::value).sum();
        }

        /** Payments less lines, in centavos; 0 for nearly all. */
        long paymentDifference() {
            return Math.subtractExact(paymentsTotal(), linesTotal());
        }

        /** The lines of each merchant, merchants in order of their first line. */
        Map<String, List<Line>> linesBySeller() {
            return lines.stream().collect(Collectors.groupingBy(Line::seller, LinkedHashMap::new, Collectors.toList()));
        }
    }

    /** One line: price and freight in centavos; Olist's lines are single pieces. */
    record Line(int number, String product, String seller, String sellerState, long price, long freight) {}

    /** One tender, in centavos. */
    record Payment(int sequence, String type, long value) {}

    /** One review; the texts stay off the ledger. */
    record Review(String id, int score, String title, String message, Instant created) {}
}
