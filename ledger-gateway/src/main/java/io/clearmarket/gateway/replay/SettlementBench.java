package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.audit.PayoutTimes;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;

/** What settling costs: gas beside base/commerce-payments, orders settled a second, and how long a merchant waits. */
public final class SettlementBench {
    private static final int BATCH = 50;

    /**
     * What base/commerce-payments takes, isolated whole transactions with its own mock token. {@code build.js compare} runs its sources
     * with our compiler's settings beside ours: within 0.2 per cent of these (decision 111).
     */
    private enum Theirs {
        AUTHORIZE(121_962),
        CAPTURE(66_828),
        RECLAIM(54_874);

        private final long gas;

        Theirs(long gas) {
            this.gas = gas;
        }
    }

    private SettlementBench() {}

    /**
     * Gas of a whole transaction, or of one's part of it.
     *
     * @param of what it is compared with
     * @param theirs that one's
     */
    public record Gas(String operation, long ours, String of, long theirs) {
        /** Ours as a part of theirs. */
        public double ratio() {
            return (double) ours / theirs;
        }
    }

    /**
     * What was measured.
     *
     * @param orders replayed, of which some stay in escrow or are refused
     * @param ordersPerSecond of those
     * @param payouts decisions that were paid
     * @param payoutsPerSecond of those, over the whole replay
     * @param median of the times from a decision to the ledger's word that it was paid, in seconds
     * @param p95 nineteen of twenty took no longer
     * @param longest of them
     * @param clean whether every order went as it should and both ledgers agree
     */
    public record Figures(
            List<Gas> gas,
            int orders,
            double ordersPerSecond,
            int payouts,
            double payoutsPerSecond,
            double median,
            double p95,
            double longest,
            boolean clean) {
        public Figures {
            gas = List.copyOf(gas);
        }

        /** The figures for people. */
        public void print(PrintStream out) {
            out.println("gas, from the committed snapshot, beside base/commerce-payments");
            gas.forEach(each -> out.printf(
                    Locale.ROOT,
                    "  %-32s %9d  %-9s %9d  %5.3f%n",
                    each.operation(),
                    each.ours(),
                    each.of(),
                    each.theirs(),
                    each.ratio()));
            out.printf(
                    Locale.ROOT,
                    "%d orders, %.2f a second; %d decisions paid, %.2f a second%n",
                    orders,
                    ordersPerSecond,
                    payouts,
                    payoutsPerSecond);
            out.printf(
                    Locale.ROOT,
                    "from decision to paid: median %.1f s, 95 %% within %.1f s, longest %.1f s%n",
                    median,
                    p95,
                    longest);
            if (!clean) {
                out.println("not every order went as it should: ./clearmarket replay says which");
            }
        }
    }

    /**
     * Settles orders on a system that is up, and measures; parameters as for {@link ReplayRun}.
     *
     * @param root the project's folder, which has the gas snapshot
     */
    public static Figures run(Path root, UpState up, Path seedFile, Path folder, int limit, IntConsumer progress) {
        UpState.IdentityFiles auditor = up.identities().get("auditor");
        if (auditor == null) {
            throw new ReplayException("the running system has no auditor");
        }
        Report report = new ReplayRun(up, seedFile).run(folder, limit, progress, Replay.Pace.USUAL);
        List<Double> seconds = PayoutTimes.read(up.network(), auditor.mspId(), auditor.msp(), auditor.mspId()).stream()
                .map(Duration::toMillis)
                .map(millis -> millis / 1e3)
                .sorted()
                .toList();
        return new Figures(
                gas(root.resolve("contracts/snapshots/MarketEscrow.json")),
                report.orders(),
                report.ordersPerSecond(),
                seconds.size(),
                seconds.size() / report.seconds(),
                Quantile.of(seconds, 0.5),
                Quantile.of(seconds, 0.95),
                Quantile.of(seconds, 1),
                report.isClean());
    }

    /** @param snapshot as Foundry writes it: gas by operation */
    static List<Gas> gas(Path snapshot) {
        JsonNode measured;
        try {
            measured = Json.MAPPER.readTree(Files.readAllBytes(snapshot));
        } catch (IOException e) {
            throw new UncheckedIOException(snapshot + ": can't be read", e);
        }
        List<Gas> gas = new ArrayList<>();
        for (String deposit : List.of("depositWithAuthorization", "depositWithPermit", "depositWithPermit2")) {
            gas.add(compared(measured, deposit, 1, Theirs.AUTHORIZE));
        }
        for (String payout : List.of("payMerchant", "settle", "settle with referral", "settle to new receivers")) {
            gas.add(compared(measured, payout, 1, Theirs.CAPTURE));
        }
        gas.add(compared(measured, "settleBatch of " + BATCH, BATCH, Theirs.CAPTURE));
        gas.add(compared(measured, "reclaim", 1, Theirs.RECLAIM));
        return gas;
    }

    private static Gas compared(JsonNode measured, String operation, int parts, Theirs theirs) {
        JsonNode found = measured.path(operation);
        if (found.isMissingNode()) {
            throw new IllegalStateException("the gas snapshot does not have \"" + operation + "\"");
        }
        return new Gas(
                parts == 1 ? operation : "each of " + operation,
                found.asLong() / parts,
                theirs.name().toLowerCase(Locale.ROOT),
                theirs.gas);
    }
}
