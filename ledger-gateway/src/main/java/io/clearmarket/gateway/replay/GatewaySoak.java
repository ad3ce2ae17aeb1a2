package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.up.UpState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What memory the gateway takes while orders go through it for long, with a reader of its stream and a webhook. */
public final class GatewaySoak {
    private GatewaySoak() {}

    /**
     * How it was at one moment.
     *
     * @param minutes since the first order
     * @param residentMib the gateway's resident memory
     */
    public record Sample(double minutes, double residentMib) {}

    /**
     * What was measured.
     *
     * @param minutes from the first order to the last one's commit
     * @param perSecond orders a second that were asked for
     * @param orders that were placed through the gateway
     * @param pushed events of them that came by the stream and by the webhook, each way
     * @param millis from when an order was due to its commit
     * @param samples before the first order and after each part of the time
     * @param liveFirstMib heap that a full collection left before the first order
     * @param liveLastMib heap that a full collection left after the last sample
     */
    public record Figures(
            double minutes,
            double perSecond,
            int orders,
            int pushed,
            GatewayBench.Times millis,
            List<Sample> samples,
            double liveFirstMib,
            double liveLastMib) {
        public Figures {
            samples = List.copyOf(samples);
        }

        /** MiB of resident memory in the sample that had most. */
        public double mostMib() {
            return samples.stream().mapToDouble(Sample::residentMib).max().orElse(Double.NaN);
        }

        /** The figures for people. */
        public void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%d orders in %.1f minutes (%.1f a second asked for), each told by stream and webhook; p50 %.1f ms, p99 %.1f ms%n",
                    orders,
                    minutes,
                    perSecond,
                    millis.p50(),
                    millis.p99());
            out.printf(
                    Locale.ROOT,
                    "gateway's resident memory, MiB: first %.0f, middle %.0f, last %.0f, most %.0f%n",
                    samples.getFirst().residentMib(),
                    samples.get(samples.size() / 2).residentMib(),
                    samples.getLast().residentMib(),
                    mostMib());
            out.printf(
                    Locale.ROOT,
                    "heap after a full collection, MiB: before %.1f, afterwards %.1f%n",
                    liveFirstMib,
                    liveLastMib);
        }
    }

    /**
     * Measures on a system that is up; its ledger keeps the orders.
     *
     * @param seedFile what buyer, merchant and orders follow from; new for each run
     * @param parts in which the time is cut, with a sample after each
     * @param progress told each sample
     */
    public static Figures run(
            UpState up, Path seedFile, Duration time, int parts, double perSecond, Consumer<String> progress) {
        Replay.Setting setting = new ReplayRun(up, seedFile).setting(Replay.Pace.USUAL);
        MarketClient client = new MarketClient(up.gateway(), Duration.ofMinutes(1)).writing(setting.proposals());
        OrderMaker maker = new OrderMaker(client, setting);
        GatewayMemory memory = new GatewayMemory(up, client, setting.operatorToken());
        int each = Math.max(1, (int) Math.round(perSecond * time.toMillis() / 1e3 / parts));
        Consumer<Command.PlaceOrder> gateway = order -> client.execute(maker.buyer(), order);
        try (PushTimes pushes =
                new PushTimes(up.gateway(), client, maker.merchant().token())) {
            double liveFirst = memory.liveMib();
            List<Double> millis = new ArrayList<>();
            List<Sample> samples = new ArrayList<>();
            samples.add(new Sample(0, memory.residentMib()));
            long start = System.nanoTime();
            for (int part = 0; part < parts; part++) {
                millis.addAll(
                        Load.paced(maker.make(each), perSecond, part, gateway).millis());
                Sample sample = new Sample(minutesSince(start), memory.residentMib());
                samples.add(sample);
                progress.accept(String.format(
                        Locale.ROOT,
                        "%.1f minutes, %d orders: %.0f MiB",
                        sample.minutes(),
                        millis.size(),
                        sample.residentMib()));
            }
            double minutes = minutesSince(start);
            pushes.await(millis.size());
            millis.sort(null);
            return new Figures(
                    minutes,
                    perSecond,
                    millis.size(),
                    pushes.arrived(),
                    GatewayBench.Times.of(millis),
                    samples,
                    liveFirst,
                    memory.liveMib());
        }
    }

    private static double minutesSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 6e10;
    }
}
