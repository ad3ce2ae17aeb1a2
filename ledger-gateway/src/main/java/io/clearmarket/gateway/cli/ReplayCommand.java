package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.ReplayRun;
import io.clearmarket.gateway.up.NetworkKind;
import io.clearmarket.gateway.up.UseSystem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket replay DIR}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Drives a folder of real orders (Olist's CSV files) through the whole system and checks the money.")
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder with orders.csv, order_items.csv and the others.")
    private @Nullable Path folder;

    @Option(
            names = "--limit",
            converter = Checked.Count.class,
            defaultValue = "2147483647",
            description = "Only the first N orders.")
    private int limit;

    @Option(names = "--resume", description = "Go on with the replay that was cut off.")
    private boolean resume;

    @Option(names = "--json", description = "Print the result as JSON and nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--network",
            paramLabel = "KIND",
            description =
                    "What a system of its own runs on: embedded, native or compose (default: as the folder has it).")
    private @Nullable String network;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        PrintStream progress = json ? System.err : System.out;
        Path where = Main.data(data);
        if (folder == null) {
            throw new IllegalStateException("the command line requires DIR");
        }
        Path orders = Main.fromUser(folder);
        try (UseSystem system = UseSystem.open(Main.root(), where, NetworkKind.parse(network), progress)) {
            ReplayRun run = new ReplayRun(system.state(), where.resolve("replay.json"));
            ProgressBar bar = new ProgressBar(progress, ReplayRun.count(orders, limit));
            return run.runAndReport(orders, limit, resume, bar::at, json, System.out) ? 0 : 1;
        }
    }
}
