package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.up.CpuTimes;
import io.clearmarket.gateway.up.UpState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** What a replay costs: orders a second, and the processor time of an order in each process. */
public final class ReplayBench {
    private ReplayBench() {}

    /**
     * What was measured.
     *
     * @param cpuMillisPerOrder by process, this one ({@code replay}) included
     * @param clean whether every order went as its status says and both ledgers agree
     */
    public record Figures(
            int orders,
            double seconds,
            double ordersPerSecond,
            SortedMap<String, Double> cpuMillisPerOrder,
            boolean clean) {

        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d orders in %.1f s: %.1f orders a second%nprocessor time of an order%n",
                    orders,
                    seconds,
                    ordersPerSecond);
            cpuMillisPerOrder.forEach(
                    (process, millis) -> out.printf(Locale.ROOT, "  %-20s %8.1f ms%n", process, millis));
            out.printf(
                    Locale.ROOT,
                    "  %-20s %8.1f ms%n",
                    "all together",
                    cpuMillisPerOrder.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum());
            if (!clean) {
                out.println("not every order went as it should: ./clearmarket replay says which");
            }
        }
    }

    /** Replays orders on a system that is up, and measures; parameters as for {@link ReplayRun}. */
    public static Figures run(UpState up, Path seedFile, Path folder, int limit, IntConsumer progress) {
        SortedMap<String, Duration> before = times(up);
        Report report = new ReplayRun(up, seedFile).run(folder, limit, progress, Replay.Pace.USUAL);
        SortedMap<String, Double> perOrder = new TreeMap<>();
        times(up).forEach((process, time) -> {
            Duration used = time.minus(before.getOrDefault(process, Duration.ZERO));
            perOrder.put(process, used.toNanos() / 1e6 / Math.max(1, report.orders()));
        });
        return new Figures(report.orders(), report.seconds(), report.ordersPerSecond(), perOrder, report.isClean());
    }

    private static SortedMap<String, Duration> times(UpState up) {
        SortedMap<String, Duration> times = CpuTimes.of(up);
        times.put("replay", ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return times;
    }
}
