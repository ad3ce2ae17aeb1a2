package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.fabric.BareClient;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.CanonicalJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What the gateway costs beside Fabric's own client on the same network: the same kind of orders, signed by the same key, placed by both in turns;
 * and how soon it tells of them.
 */
public final class GatewayBench {
    private static final int AT_ONCE = 32;
    private static final int ROUNDS = 3;
    private static final double LOAD = 0.7;
    private static final double KIB_PER_MIB = 1024;

    private final OrderMaker maker;
    private final BareClient fabric;
    private final MarketClient client;

    private GatewayBench(OrderMaker maker, BareClient fabric, MarketClient client) {
        this.maker = maker;
        this.fabric = fabric;
        this.client = client;
    }

    /** Milliseconds that nearly all do not exceed. */
    public record Times(double p50, double p99) {
        static Times of(List<Double> sortedMillis) {
            return new Times(Quantile.of(sortedMillis, 0.5), Quantile.of(sortedMillis, 0.99));
        }
    }

    /**
     * What was measured.
     *
     * @param orders placed each way for the rate, the same number for the times
     * @param barePerSecond committed orders a second, by Fabric's own client
     * @param gatewayPerSecond the same through the gateway
     * @param load orders a second at which the times were taken: 70 % of the lower of both rates
     * @param bare from the call to the commit
     * @param gateway the same through the gateway, signatures by the buyer's own key included
     * @param streamed from commit to the stream of events, at that load
     * @param posted from commit to the webhook
     * @param memoryMib the gateway's resident memory at the end
     * @param startSeconds from the gateway's start until it was ready, as it says itself
     */
    public record Figures(
            int orders,
            double barePerSecond,
            double gatewayPerSecond,
            double load,
            Times bare,
            Times gateway,
            Times streamed,
            Times posted,
            double memoryMib,
            double startSeconds) {
        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d orders each way: %.1f a second by Fabric's own client, %.1f through the gateway: %.3f of it%n",
                    orders,
                    barePerSecond,
                    gatewayPerSecond,
                    gatewayPerSecond / barePerSecond);
            out.printf(Locale.ROOT, "at %.1f orders a second, in milliseconds%n", load);
            print(out, "Fabric's own client", bare);
            print(out, "gateway", gateway);
            print(out, "added", new Times(gateway.p50() - bare.p50(), gateway.p99() - bare.p99()));
            print(out, "commit to stream", streamed);
            print(out, "commit to webhook", posted);
            out.printf(
                    Locale.ROOT,
                    "gateway: %.0f MiB of resident memory; ready %.1f s after its start%n",
                    memoryMib,
                    startSeconds);
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
     * @param progress told what is being done
     */
    public static Figures run(UpState up, Path seedFile, int orders, Consumer<String> progress) {
        Replay.Setting setting = new ReplayRun(up, seedFile).setting(Replay.Pace.USUAL);
        MarketClient client = new MarketClient(up.gateway(), Duration.ofMinutes(1)).writing(setting.proposals());
        OrderMaker maker = new OrderMaker(client, setting);
        try (BareClient fabric = new BareClient(
                up.network(),
                "PlatformMSP",
                maker.buyer().identity(),
                setting.proposals().channel(),
                setting.proposals().chaincode())) {
            GatewayBench bench = new GatewayBench(maker, fabric, client);
            progress.accept("warming up");
            bench.rates(1, orders);
            progress.accept("as many as it takes, in turns");
            Rates rates = bench.rates(ROUNDS, Math.max(1, orders / ROUNDS));
            progress.accept("at 70 % of that");
            double load = LOAD * Math.min(rates.bare(), rates.gateway());
            Times bareTimes =
                    Times.of(Load.paced(maker.make(orders), load, bench::bare).millis());
            try (PushTimes pushes =
                    new PushTimes(up.gateway(), client, maker.merchant().token())) {
                fabric.follow(pushes::committed);
                Load.Sent sent = Load.paced(maker.make(orders), load, bench::gateway);
                pushes.await(orders);
                return new Figures(
                        orders,
                        rates.bare(),
                        rates.gateway(),
                        load,
                        bareTimes,
                        Times.of(sent.millis()),
                        Times.of(pushes.streamed()),
                        Times.of(pushes.posted()),
                        residentMib(up),
                        startSeconds(client, setting.operatorToken()));
            }
        }
    }

    private record Rates(double bare, double gateway) {}

    /** In turns, so that both have the same share of whatever else the machine does. */
    private Rates rates(int rounds, int orders) {
        double bareSeconds = 0;
        double gatewaySeconds = 0;
        for (int round = 0; round < rounds; round++) {
            bareSeconds += Load.atOnce(maker.make(orders), AT_ONCE, this::bare).seconds();
            gatewaySeconds +=
                    Load.atOnce(maker.make(orders), AT_ONCE, this::gateway).seconds();
        }
        return new Rates(rounds * orders / bareSeconds, rounds * orders / gatewaySeconds);
    }

    private void bare(Command.PlaceOrder order) {
        fabric.submit(CommandName.of(Command.PlaceOrder.class), CanonicalJson.text(order));
    }

    private void gateway(Command.PlaceOrder order) {
        client.execute(maker.buyer(), order);
    }

    /** As Linux tells it ({@code proc(5)}); not a number elsewhere. */
    private static double residentMib(UpState up) {
        Path status = Path.of("/proc", String.valueOf(up.pids().get("gateway")), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try {
            return Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / KIB_PER_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(status + " can't be read", e);
        }
    }

    private static double startSeconds(MarketClient client, String token) {
        return client.get("/actuator/metrics/application.ready.time", token)
                .path("measurements")
                .path(0)
                .path("value")
                .doubleValue();
    }
}
