package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.replay.ReplayBench;
import io.clearmarket.gateway.replay.ReplayRun;
import io.clearmarket.gateway.replay.SettlementBench;
import io.clearmarket.gateway.up.BenchProcess;
import io.clearmarket.gateway.up.NetworkKind;
import io.clearmarket.gateway.up.UpState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code clearmarket bench}: figures of this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures parts of the system on this machine.",
        subcommands = {
            BenchCommand.Network.class,
            BenchCommand.OfReplay.class,
            BenchCommand.OfSettlement.class,
            BenchGatewayCommand.class,
            BenchWarningsCommand.class,
            BenchProvenanceCommand.class,
            BenchDevicesCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec command = spec;
        if (command != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "say what to measure: network, replay, settlement, gateway, warnings, provenance or devices");
        }
    }

    /** {@code clearmarket bench network}: its options, {@code --help} included, are the network module's. */
    @Command(name = "network", description = "The embedded network: transactions a second and what each costs.")
    static final class Network implements Callable<Integer> {
        @Unmatched
        private final List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            return BenchProcess.ofNetwork(Main.root(), arguments);
        }
    }

    /** What is measured while real orders are replayed. */
    static final class ReplayOptions {
        @Parameters(paramLabel = "DIR", description = "The folder with orders.csv, order_items.csv and the others.")
        private @Nullable Path folder;

        @Option(
                names = "--limit",
                converter = Checked.Count.class,
                defaultValue = "500",
                description = "How many orders (default ${DEFAULT-VALUE}).")
        private int limit;

        @Option(
                names = "--network",
                paramLabel = "KIND",
                description =
                        "What a system of its own runs on: embedded, native or compose (default: as the folder has it).")
        private @Nullable String network;

        @Mixin
        private BenchOptions options = new BenchOptions();

        /** Measures on the running system, or on one of its own. */
        interface Bench<T> {
            T run(UpState up, Path seedFile, Path orders, int limit, IntConsumer progress);
        }

        <T> T measure(Bench<T> bench, BiConsumer<T, PrintStream> print) {
            if (folder == null) {
                throw new IllegalStateException("the command line requires DIR");
            }
            Path orders = Main.fromUser(folder);
            Path seed = options.folder().resolve("replay.json");
            T figures = options.measure(NetworkKind.parse(network), up -> {
                ReplayRun.requireNone(seed);
                ProgressBar bar = new ProgressBar(options.progress(), ReplayRun.count(orders, limit));
                return bench.run(up, seed, orders, limit, bar::at);
            });
            options.tell(figures, print);
            return figures;
        }
    }

    /** {@code clearmarket bench replay DIR}. */
    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description =
                    "A replay of real orders: orders a second, and each process's time for one. Uses the running \"up\" "
                            + "or starts its own; it must have replayed nothing yet.")
    static final class OfReplay implements Callable<Integer> {
        @Mixin
        private ReplayOptions replay = new ReplayOptions();

        @Override
        public Integer call() {
            return replay.measure(ReplayBench::run, ReplayBench.Figures::print).clean() ? 0 : 1;
        }
    }

    /** {@code clearmarket bench settlement DIR}. */
    @Command(
            name = "settlement",
            mixinStandardHelpOptions = true,
            description =
                    "Gas beside base/commerce-payments, and of a replay of real orders: orders settled a second, and the time from a "
                            + "decision to the ledger's word that it was paid. Systems as for \"bench replay\".")
    static final class OfSettlement implements Callable<Integer> {
        @Mixin
        private ReplayOptions replay = new ReplayOptions();

        @Override
        public Integer call() {
            return replay.measure(
                                    (up, seed, orders, limit, progress) ->
                                            SettlementBench.run(Main.root(), up, seed, orders, limit, progress),
                                    SettlementBench.Figures::print)
                            .clean()
                    ? 0
                    : 1;
        }
    }
}
