package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.audit.CheckResult;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a replay: the table at the end, and the same as JSON.
 *
 * @param done how often each step was taken; likewise refused, by reason, and odd, by rule
 * @param failures orders that did not go as their status says
 * @param check the conservation check after it
 */
public record Report(
        int orders,
        int parties,
        double seconds,
        double ordersPerSecond,
        Map<String, Long> done,
        Map<String, Long> refused,
        Map<String, Long> odd,
        PaymentDifferences paymentDifferences,
        List<Failure> failures,
        CheckResult check) {

    /** An order that did not end as its status says. */
    public record Failure(String order, String step, String reason) {}

    static Report of(Replay.Summary summary, CheckResult check) {
        return new Report(
                summary.orders(),
                summary.parties(),
                summary.took().toMillis() / 1000.0,
                Math.round(summary.ordersPerSecond() * 100) / 100.0,
                summary.tally().done(),
                summary.tally().refused(),
                summary.tally().odd(),
                summary.tally().paymentDifferences(),
                summary.tally().failures(),
                check);
    }

    /** True if every order went as its status says and the ledgers agree. */
    public boolean isClean() {
        return failures.isEmpty() && check.differences().isEmpty();
    }

    /** The table, for people. */
    public void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%d orders by %d parties in %.1f s: %.1f orders a second%n",
                orders,
                parties,
                seconds,
                ordersPerSecond);
        section(out, "Done", done);
        section(out, "Refused, as they must be", refused);
        section(out, "Odd ones, by the rules of docs/replay.md", odd);
        out.printf("%n%s%n", paymentDifferences);
        out.printf(
                "%nConservation, from both ledgers' own data: %d consignments, %d differences%n",
                check.consignments(), check.differences().size());
        check.assets()
                .forEach((asset, sums) -> out.printf(
                        "  %s: held %s, pending %s, claimable %s; the contract has %s%n",
                        asset, sums.held(), sums.pending(), sums.claimable(), sums.balance()));
        check.differences().forEach(difference -> out.println("  " + difference));
        if (!failures.isEmpty()) {
            out.printf("%nNot as the orders say: %d%n", failures.size());
            failures.forEach(row -> out.printf("  %s  %s: %s%n", row.order(), row.step(), row.reason()));
        }
    }

    void printJson(PrintStream out) {
        out.println(Json.MAPPER.writeValueAsString(this));
    }

    private static void section(PrintStream out, String title, Map<String, Long> rows) {
        if (!rows.isEmpty()) {
            out.printf("%n%s%n", title);
            rows.forEach((what, count) -> out.printf(Locale.ROOT, "  %6d  %s%n", count, what));
        }
    }
}
