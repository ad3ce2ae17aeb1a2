package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.fabric.BareClient;
import io.clearmarket.gateway.up.CpuTimes;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.CanonicalJson;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the gateway costs beside Fabric's own client on the same network: the same kind of orders, signed by the same key, placed by both in turns;
 * and how soon it tells of them.
 */
public final class GatewayBench {
    private static final int AT_ONCE = 32;
    private static final int ROUNDS = 3;
    private static final double LOAD = 0.7;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double QUIET = 0.1;
    /** What peers, witnesses and read model do after an order's commit is its cost too. */
    private static final Duration AFTERMATH = Duration.ofSeconds(1);

    private final UpState up;
    private final OrderMaker maker;
    private final BareClient fabric;
    private final MarketClient client;

    private GatewayBench(UpState up, OrderMaker maker, BareClient fabric, MarketClient client) {
        this.up = up;
        this.maker = maker;
        this.fabric = fabric;
        this.client = client;
    }

    /** Milliseconds that half and nearly all do not exceed. */
    public record Times(double p50, double p99) {
        private static final double HALF = 0.5;
        private static final double NEARLY_ALL = 0.99;

        static Times of(List<Double> sortedMillis) {
            return new Times(Quantile.of(sortedMillis, HALF), Quantile.of(sortedMillis, NEARLY_ALL));
        }

        /** How far chance alone moves each. */
        private static Times errors(List<Double> sortedMillis) {
            return new Times(Quantile.error(sortedMillis, HALF), Quantile.error(sortedMillis, NEARLY_ALL));
        }
    }

    /**
     * The times of both ways at one load.
     *
     * @param perSecond orders, on average
     * @param bare from the call to the commit, by Fabric's own client
     * @param gateway the same through the gateway, signatures by the buyer's own key included
     * @param error standard error of the difference between the two: how long an order waits for its block, up to 200 ms, is chance
     */
    public record Compared(double perSecond, Times bare, Times gateway, Times error) {
        private static Compared of(double perSecond, List<Double> bareMillis, List<Double> gatewayMillis) {
            List<Double> bare = bareMillis.stream().sorted().toList();
            List<Double> gateway = gatewayMillis.stream().sorted().toList();
            Times first = Times.errors(bare);
            Times second = Times.errors(gateway);
            return new Compared(
                    perSecond,
                    Times.of(bare),
                    Times.of(gateway),
                    new Times(Math.hypot(first.p50(), second.p50()), Math.hypot(first.p99(), second.p99())));
        }

        private void print(PrintStream out) {
            out.printf(Locale.ROOT, "at %.1f orders a second, in milliseconds%n", perSecond);
            Figures.print(out, "Fabric's own client", bare);
            Figures.print(out, "gateway", gateway);
            out.printf(
                    Locale.ROOT,
                    "  %-20s p50 %8.1f  p99 %8.1f  (standard errors %.1f, %.1f)%n",
                    "added",
                    gateway.p50() - bare.p50(),
                    gateway.p99() - bare.p99(),
                    error.p50(),
                    error.p99());
        }
    }

    /**
     * What was measured.
     *
     * @param orders placed each way for the rate, the same number for the times
     * @param barePerSecond committed orders a second, by Fabric's own client
     * @param gatewayPerSecond the same through the gateway
     * @param bareCpu milliseconds of processor time that each of those orders took, by process, this one called {@code client}; all that reads blocks included
     * @param gatewayCpu the same through the gateway
     * @param quiet at a tenth of the lower of both rates, where nothing waits for another
     * @param load at 70 % of the lower of both rates
     * @param streamed from commit to the stream of events, at that load, in a turn of its own: neither way had anybody to tell before
     * @param posted from commit to the webhook
     * @param memoryMib the gateway's resident memory at the end
     * @param startSeconds from the gateway's start until it was ready, as it says itself
     */
    public record Figures(
            int orders,
            double barePerSecond,
            double gatewayPerSecond,
            SortedMap<String, Double> bareCpu,
            SortedMap<String, Double> gatewayCpu,
            Compared quiet,
            Compared load,
            Times streamed,
            Times posted,
            double memoryMib,
            double startSeconds) {
        public Figures {
            bareCpu = Collections.unmodifiableSortedMap(new TreeMap<>(bareCpu));
            gatewayCpu = Collections.unmodifiableSortedMap(new TreeMap<>(gatewayCpu));
        }

        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d orders each way: %.1f a second by Fabric's own client, %.1f through the gateway: %.3f of it%n",
                    orders,
                    barePerSecond,
                    gatewayPerSecond,
                    gatewayPerSecond / barePerSecond);
            out.println("milliseconds of processor time an order");
            print(out, "Fabric's own client", bareCpu);
            print(out, "gateway", gatewayCpu);
            quiet.print(out);
            load.print(out);
            print(out, "commit to stream", streamed);
            print(out, "commit to webhook", posted);
            out.printf(
                    Locale.ROOT,
                    "gateway: %.0f MiB of resident memory; ready %.1f s after its start%n",
                    memoryMib,
                    startSeconds);
        }

        private static void print(PrintStream out, String name, SortedMap<String, Double> cpu) {
            out.printf(
                    Locale.ROOT,
                    "  %-20s %.2f:%s%n",
                    name,
                    cpu.values().stream().mapToDouble(Double::doubleValue).sum(),
                    cpu.entrySet().stream()
                            .map(part -> String.format(Locale.ROOT, " %s %.2f", part.getKey(), part.getValue()))
                            .collect(Collectors.joining(",")));
        }

        private static void print(PrintStream out, String name, Times times) {
            out.printf(Locale.ROOT, "  %-20s p50 %8.1f  p99 %8.1f%n", name, times.p50(), times.p99());
        }
    }

    /**
     * Measures on a system that is up; its ledger keeps the orders.
     *
     * @param seedFile what buyer, merchant and orders follow from; new for each run
     * @param orders for each figure and way
     * @param warmUp orders each way before anything is measured: until then programs are still being compiled
     * @param progress told what is being done
     */
    public static Figures run(UpState up, Path seedFile, int orders, int warmUp, Consumer<String> progress) {
        Replay.Setting setting = new ReplayRun(up, seedFile).setting(Replay.Pace.USUAL);
        MarketClient client = new MarketClient(up.gateway(), Duration.ofMinutes(1)).writing(setting.proposals());
        OrderMaker maker = new OrderMaker(client, setting);
        try (BareClient fabric = new BareClient(
                up.network(),
                "PlatformMSP",
                maker.buyer().identity(),
                setting.proposals().channel(),
                setting.proposals().chaincode())) {
            GatewayBench bench = new GatewayBench(up, maker, fabric, client);
            progress.accept("warming up");
            bench.rates(1, warmUp);
            progress.accept("as many as it takes, in turns");
            Rates rates = bench.rates(ROUNDS, turn(orders));
            double lower = Math.min(rates.bare().perSecond(), rates.gateway().perSecond());
            progress.accept("at a tenth of that, in turns");
            Compared quiet = bench.paced(Math.ceilDiv(orders, ROUNDS), QUIET * lower);
            progress.accept("at 70 % of that, in turns");
            Compared load = bench.paced(orders, LOAD * lower);
            progress.accept("at 70 % of that, with a reader of the stream and a webhook");
            try (PushTimes pushes =
                    new PushTimes(up.gateway(), client, maker.merchant().token())) {
                fabric.follow(pushes::committed);
                Load.paced(maker.make(orders), load.perSecond(), orders, bench::gateway);
                pushes.await(orders);
                return new Figures(
                        orders,
                        rates.bare().perSecond(),
                        rates.gateway().perSecond(),
                        rates.bare().cpu(),
                        rates.gateway().cpu(),
                        quiet,
                        load,
                        Times.of(pushes.streamed()),
                        Times.of(pushes.posted()),
                        new GatewayMemory(up, client, setting.operatorToken()).residentMib(),
                        startSeconds(client, setting.operatorToken()));
            }
        }
    }

    /** In turns, as {@link #rates}, each turn's orders due at the same moments both ways. */
    private Compared paced(int orders, double perSecond) {
        int each = turn(orders);
        List<Double> bare = new ArrayList<>();
        List<Double> gateway = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            bare.addAll(
                    Load.paced(maker.make(each), perSecond, round, this::bare).millis());
            gateway.addAll(Load.paced(maker.make(each), perSecond, round, this::gateway)
                    .millis());
        }
        return Compared.of(perSecond, bare, gateway);
    }

    private static int turn(int orders) {
        return Math.max(1, orders / ROUNDS);
    }

    private record Rates(Rate bare, Rate gateway) {}

    /** One way: orders a second, and milliseconds of processor time of each by process. */
    private record Rate(double perSecond, SortedMap<String, Double> cpu) {}

    /** In turns, so that both have the same share of whatever else the machine does. */
    private Rates rates(int rounds, int orders) {
        Turns bare = new Turns(this::bare);
        Turns gateway = new Turns(this::gateway);
        for (int round = 0; round < rounds; round++) {
            bare.take(orders);
            gateway.take(orders);
        }
        return new Rates(bare.rate(), gateway.rate());
    }

    /** What one way took in all its turns. */
    private final class Turns {
        private final Consumer<Command.PlaceOrder> way;
        private final SortedMap<String, Duration> cpu = new TreeMap<>();
        private double seconds;
        private int orders;

        Turns(Consumer<Command.PlaceOrder> way) {
            this.way = way;
        }

        void take(int more) {
            List<Command.PlaceOrder> commands = maker.make(more);
            cpu().forEach((name, time) -> cpu.merge(name, time.negated(), Duration::plus));
            seconds += Load.atOnce(commands, AT_ONCE, way).seconds();
            Load.pause(AFTERMATH);
            cpu().forEach((name, time) -> cpu.merge(name, time, Duration::plus));
            orders += more;
        }

        Rate rate() {
            SortedMap<String, Double> each = new TreeMap<>();
            cpu.forEach((name, time) -> each.put(name, time.toNanos() / NANOS_PER_MILLI / orders));
            return new Rate(orders / seconds, each);
        }

        private SortedMap<String, Duration> cpu() {
            SortedMap<String, Duration> times = CpuTimes.of(up);
            ProcessHandle.current().info().totalCpuDuration().ifPresent(time -> times.put("client", time));
            return times;
        }
    }

    private void bare(Command.PlaceOrder order) {
        fabric.submit(CommandName.of(Command.PlaceOrder.class), CanonicalJson.text(order));
    }

    private void gateway(Command.PlaceOrder order) {
        client.execute(maker.buyer(), order);
    }

    private static double startSeconds(MarketClient client, String token) {
        return client.get("/actuator/metrics/application.ready.time", token)
                .path("measurements")
                .path(0)
                .path("value")
                .doubleValue();
    }
}
