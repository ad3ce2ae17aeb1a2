package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.DeviceBench;
import io.clearmarket.gateway.up.UseSystem;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket bench devices}. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        description = {
            "Registers devices on the ledger, then has them all measure once a second and send what they signed, in real time.",
            "Uses the running \"up\" or starts its own. One batch in a hundred is sent twice, and one is forged. Signing them is done "
                    + "by this process on the same machine. Exits with 1 if the load is not held."
        })
final class BenchDevicesCommand implements Callable<Integer> {
    @Option(names = "--devices", defaultValue = "10000", description = "How many (default ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--per-signature",
            defaultValue = "60",
            description = "Readings to a signature, 1 to 1000 (default ${DEFAULT-VALUE}).")
    private int signature;

    @Option(names = "--seconds", defaultValue = "120", description = "How long (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print the figures as JSON and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        PrintStream progress = json ? System.err : System.out;
        try (UseSystem system = UseSystem.open(Main.root(), Main.data(data), null, progress)) {
            DeviceBench.Figures figures =
                    DeviceBench.run(system.state(), new DeviceBench.Load(devices, signature, seconds), progress);
            if (json) {
                System.out.println(Json.MAPPER.writeValueAsString(figures));
            } else {
                figures.print(System.out);
            }
            return figures.held() ? 0 : 1;
        }
    }
}
