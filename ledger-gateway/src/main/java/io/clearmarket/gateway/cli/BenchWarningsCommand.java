package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.epcis.bench.WarningBench;
import io.clearmarket.wallet.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket bench warnings}. */
@Command(
        name = "warnings",
        mixinStandardHelpOptions = true,
        description =
                "Generated honest and cheating stories of items: how many of the wrong things are found (recall), and "
                        + "how many found things are wrong (precision). Exit code 1 below recall 0.95 or precision 0.90.")
final class BenchWarningsCommand implements Callable<Integer> {
    @Option(names = "--seed", defaultValue = "1", description = "Of the generator (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--stories",
            converter = Checked.Count.class,
            defaultValue = "10000",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int stories;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        WarningBench.Figures figures = WarningBench.run(seed, stories);
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(figures));
        } else {
            figures.print(System.out);
        }
        return figures.isEnough() ? 0 : 1;
    }
}
