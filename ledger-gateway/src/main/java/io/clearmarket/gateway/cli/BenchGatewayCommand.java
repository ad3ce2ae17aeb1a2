package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.GatewayBench;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
            defaultValue = "600",
            description = "For each figure, each way (default ${DEFAULT-VALUE}).")
    private int orders;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() {
        Path seed = options.folder().resolve("bench-gateway-" + System.currentTimeMillis() + ".json");
        GatewayBench.Figures figures = options.measure(
                null,
                up -> GatewayBench.run(
                        up, seed, orders, doing -> options.progress().println(doing + " ...")));
        options.tell(figures, GatewayBench.Figures::print);
        return 0;
    }
}
