package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.DeviceBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Option(
            names = "--devices",
            converter = Checked.Count.class,
            defaultValue = "10000",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--per-signature",
            converter = Checked.Count.class,
            defaultValue = "60",
            description = "Readings to a signature, 1 to 1000 (default ${DEFAULT-VALUE}).")
    private int signature;

    @Option(
            names = "--seconds",
            converter = Checked.Count.class,
            defaultValue = "120",
            description = "How long (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Override
    public Integer call() {
        DeviceBench.Figures figures = options.measure(
                null, up -> DeviceBench.run(up, new DeviceBench.Load(devices, signature, seconds), options.progress()));
        options.tell(figures, DeviceBench.Figures::print);
        return figures.held() ? 0 : 1;
    }
}
