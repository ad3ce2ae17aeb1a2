package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.GatewayBench;
import io.clearmarket.gateway.replay.GatewaySoak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearmarket bench gateway}. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description =
                "Orders a second, and the time of each, through the gateway and by Fabric's own client on the same network, in turns; how soon "
                        + "events are pushed; memory and start. Uses the running \"up\" or starts its own; the orders stay on its ledger.")
final class BenchGatewayCommand implements Callable<Integer> {
    @Option(
            names = "--orders",
            converter = Checked.Count.class,
            defaultValue = "600",
            description = "For each figure, each way (default ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--warm-up",
            converter = Checked.CountOrNone.class,
            defaultValue = "2000",
            description = "Orders each way before anything is measured (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--minutes",
            converter = Checked.Count.class,
            description =
                    "Measure only what memory the gateway takes while orders go through it for so long, with a reader of its events and a webhook.")
    private @Nullable Integer minutes;

    @Option(
            names = "--rate",
            converter = Checked.Rate.class,
            defaultValue = "10",
            description = "Orders a second for --minutes (default ${DEFAULT-VALUE}).")
    private double rate;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() {
        Path seed = options.folder().resolve("bench-gateway-" + System.currentTimeMillis() + ".json");
        if (minutes != null) {
            return soak(seed, minutes);
        }
        GatewayBench.Figures figures = options.measure(
                null,
                up -> GatewayBench.run(
                        up, seed, orders, warmUp, doing -> options.progress().println(doing + " ...")));
        options.tell(figures, GatewayBench.Figures::print);
        return 0;
    }

    /** A sample every minute. */
    private int soak(Path seed, int length) {
        GatewaySoak.Figures figures = options.measure(
                null,
                up -> GatewaySoak.run(
                        up,
                        seed,
                        Duration.ofMinutes(length),
                        length,
                        rate,
                        sample -> options.progress().println(sample)));
        options.tell(figures, GatewaySoak.Figures::print);
        return 0;
    }
}
