package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.crash.CrashRun;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket crash DIR}: 0 if kills leave no trace on either ledger, 1 with the lines that differ. */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        description = {
            "Replays the same orders on two new systems, one in peace and one whose gateway is killed (-9) again and again, "
                    + "and compares what both ledgers say in the end (the dumps of \"clearmarket check --dump\").",
            "Every kind of settlement step is hit, if there are 11 kills or more."
        })
final class CrashCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder with orders.csv, order_items.csv and the others.")
    private @Nullable Path folder;

    @Option(
            names = "--kills",
            converter = Checked.CountOrNone.class,
            defaultValue = "20",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--reorgs",
            converter = Checked.CountOrNone.class,
            defaultValue = "0",
            description =
                    "How often the settlement chain's newest block gives way to another (default ${DEFAULT-VALUE}).")
    private int reorgs;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "What the moments of the kills follow from (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--limit",
            converter = Checked.Count.class,
            defaultValue = "150",
            description = "How many orders (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print the result as JSON and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--data",
            description = "Where both systems and their dumps go (default: crash in the launcher's data folder).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        if (folder == null) {
            throw new IllegalStateException("the command line requires DIR");
        }
        PrintStream progress = json ? System.err : System.out;
        Path where = data == null ? Main.data(null).resolve("crash") : Main.fromUser(data);
        CrashRun.Result result =
                new CrashRun(Main.root(), where, progress).run(Main.fromUser(folder), limit, seed, kills, reorgs);
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(result));
        } else {
            result.differences().forEach(System.out::println);
            System.out.printf(
                    "%d orders, %d kills, %d reorganisations: %s of %d lines differ%n",
                    result.orders(),
                    result.kills(),
                    result.reorganisations(),
                    result.isSame()
                            ? "none"
                            : Integer.toString(result.differences().size()),
                    result.lines());
        }
        return result.isSame() ? 0 : 1;
    }
}
