package io.clearmarket.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was done, what was refused and why, and what was odd; safe for many threads. */
final class Tally {
    private final Map<String, Long> done = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> odd = new TreeMap<>();
    private final LongSummaryStatistics paymentDifferences = new LongSummaryStatistics();
    private final List<Report.Failure> failures = new ArrayList<>();
    private long steps;

    synchronized void done(String what) {
        steps++;
        done.merge(what, 1L, Long::sum);
    }

    /** The system said no, as it should. */
    synchronized void refused(String what, String code) {
        steps++;
        refused.merge(what + ": " + code, 1L, Long::sum);
    }

    /** One of the odd ones that the documentation states a rule for. */
    synchronized void odd(String rule) {
        odd.merge(rule, 1L, Long::sum);
    }

    /** @param difference an order's payments less its lines, in centavos */
    synchronized void paymentsDiffer(long difference) {
        paymentDifferences.accept(difference);
    }

    synchronized void failed(String order, String step, String reason) {
        failures.add(new Report.Failure(order, step, reason));
    }

    synchronized Map<String, Long> done() {
        return new TreeMap<>(done);
    }

    synchronized Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    synchronized Map<String, Long> odd() {
        return new TreeMap<>(odd);
    }

    synchronized PaymentDifferences paymentDifferences() {
        return PaymentDifferences.of(paymentDifferences, "BRL");
    }

    /** How many steps have been taken, done or refused; the same orders take the same number. */
    synchronized long steps() {
        return steps;
    }

    synchronized List<Report.Failure> failures() {
        return List.copyOf(failures);
    }
}
