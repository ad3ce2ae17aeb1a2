package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.BenchProcess;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code clearmarket bench}: figures of this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures parts of the system on this machine.",
        subcommands = BenchCommand.Network.class)
final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec command = spec;
        if (command != null) {
            throw new ParameterException(command.commandLine(), "say what to measure: network");
        }
    }

    /** {@code clearmarket bench network}: its options, {@code --help} included, are the network module's. */
    @Command(name = "network", description = "The embedded network: transactions a second and what each costs.")
    static final class Network implements Callable<Integer> {
        @Unmatched
        private List<String> arguments = List.of();

        @Override
        public Integer call() {
            return BenchProcess.ofNetwork(Main.root(), arguments);
        }
    }
}
