package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.GatewayBench;
import io.clearmarket.gateway.up.UseSystem;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--json", description = "Print the figures as JSON and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        PrintStream progress = json ? System.err : System.out;
        Path where = Main.data(data);
        try (UseSystem system = UseSystem.open(Main.root(), where, null, progress)) {
            Path seed = where.resolve("bench-gateway-" + System.currentTimeMillis() + ".json");
            GatewayBench.Figures figures =
                    GatewayBench.run(system.state(), seed, orders, doing -> progress.println(doing + " ..."));
            if (json) {
                System.out.println(Json.MAPPER.writeValueAsString(figures));
            } else {
                figures.print(progress);
            }
            return 0;
        }
    }
}
