package io.clearmarket.network.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a bench of a network measured.
 *
 * @param network embedded or native
 * @param readyMillis from the call that starts a new network to its doors being open and its chaincode defined
 * @param firstCommitMillis from the process's own beginning to the first commit, by a chaincode in the same process
 * @param transactions submitted
 * @param clients how many submit at a time
 * @param failed of the transactions, those that were not committed
 * @param perSecond committed transactions a second
 * @param cpuMillis processor time of a transaction: client, peers, orderer and chaincode together
 * @param cpuMillisByPart the same by part, {@link Part#spelling}; empty where this JVM cannot tell
 * @param heap megabytes in use after a collection, before the load, on its way, and after it
 * @param idleMedianMillis from submit to commit of a lone transaction, median; likewise the 99th percentile
 * @param reopenMillis to open the network again after all of it
 * @param crypto what a signature costs here
 */
record NetworkFigures(
        String network,
        long readyMillis,
        long firstCommitMillis,
        int transactions,
        int clients,
        int failed,
        double perSecond,
        double cpuMillis,
        Map<String, Double> cpuMillisByPart,
        List<Double> heap,
        double idleMedianMillis,
        double idleP99Millis,
        long reopenMillis,
        CryptoCeiling crypto) {

    /** Collects figures in the order in which they are measured. */
    static final class Builder {
        private final String network;
        private final int transactions;
        private final int clients;
        private double cpuMillis;
        private Map<String, Double> cpuMillisByPart = Map.of();
        final List<Double> heap = new ArrayList<>();
        long readyMillis;
        long firstCommitMillis;
        int failed;
        double perSecond;
        double idleMedianMillis;
        double idleP99Millis;
        long reopenMillis;

        Builder(String network, int transactions, int clients) {
            this.network = network;
            this.transactions = transactions;
            this.clients = clients;
        }

        /** Processor time of all transactions, and whose it was. */
        void cpu(Duration all, Map<Part, Duration> byPart) {
            cpuMillis = each(all);
            Map<String, Double> millis = new LinkedHashMap<>();
            byPart.forEach((part, time) -> millis.put(part.spelling(), each(time)));
            cpuMillisByPart = millis;
        }

        private double each(Duration all) {
            return all.toNanos() / 1e6 / transactions;
        }

        NetworkFigures build(CryptoCeiling crypto) {
            return new NetworkFigures(
                    network,
                    readyMillis,
                    firstCommitMillis,
                    transactions,
                    clients,
                    failed,
                    perSecond,
                    cpuMillis,
                    cpuMillisByPart,
                    List.copyOf(heap),
                    idleMedianMillis,
                    idleP99Millis,
                    reopenMillis,
                    crypto);
        }
    }

    void print(PrintStream out) {
        line(
                out,
                "ready after %d ms%s, first commit after %d ms%s",
                readyMillis,
                goal("2000"),
                firstCommitMillis,
                goal("5000"));
        line(
                out,
                "%d transactions by %d clients: %.0f committed a second%s, %.2f ms of processor time each",
                transactions,
                clients,
                perSecond,
                goal("300"),
                cpuMillis);
        if (!cpuMillisByPart.isEmpty()) {
            line(
                    out,
                    "of which, in ms: %s",
                    cpuMillisByPart.entrySet().stream()
                            .map(part -> String.format(Locale.ROOT, "%s %.2f", part.getKey(), part.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        if (failed > 0) {
            line(out, "%d failed", failed);
        }
        line(
                out,
                "heap after collection, in MB, from before them to after: %s",
                heap.stream()
                        .map(megabytes -> String.format(Locale.ROOT, "%.1f", megabytes))
                        .collect(Collectors.joining(", ")));
        line(out, "opened again in %d ms%s", reopenMillis, goal("10000 after 200000 transactions"));
        line(
                out,
                "idle, submit to commit: median %.1f ms%s, 99%% %.1f ms",
                idleMedianMillis,
                goal("50"),
                idleP99Millis);
        line(
                out,
                "P-256 by %s on %d processors: sign %.0f us (%.0f a second), verify %.0f us (%.0f a second)",
                crypto.provider(),
                crypto.processors(),
                crypto.signMicros(),
                crypto.signaturesPerSecond(),
                crypto.verifyMicros(),
                crypto.verificationsPerSecond());
    }

    /** What the embedded network is to reach on two cores. */
    private String goal(String value) {
        return network.equals("embedded") ? " (goal " + value + ")" : "";
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
