package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.crash.CrashException;
import io.clearmarket.gateway.replay.ReplayException;
import io.clearmarket.gateway.up.UpException;
import io.clearmarket.wallet.cli.WalletCommand;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code ./clearmarket}: everything but {@code test}, which is the build's. */
@CommandLine.Command(
        name = "clearmarket",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        description =
                "A transparent marketplace ledger: orders, escrow and provenance that nobody has to take on trust.",
        subcommands = {
            UpCommand.class,
            AttesterCommand.class,
            ReplayCommand.class,
            CheckCommand.class,
            ConservationCommand.class,
            SearchCommand.class,
            SolvencyCommand.class,
            StatementCommand.class,
            WitnessCommand.class,
            VerifyCommand.class,
            ListenCommand.class,
            TriggerCommand.class,
            ResendCommand.class,
            CrashCommand.class,
            BenchCommand.class,
            ChaincodeCommand.class,
            ProfileCommand.class,
            EpcisCommand.class,
            LabelsCommand.class,
            LogCommand.class,
            ConformanceCommand.class,
            WalletCommand.class
        },
        footer = {
            "",
            "Besides these: clearmarket test (set up and run all tests), clearmarket network (an embedded Fabric network for"
                    + " any chaincode)."
        })
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof UpException
                    || failure instanceof ApiProblem
                    || failure instanceof ReplayException
                    || failure instanceof CrashException) {
                command.getErr().println("clearmarket: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
        line.setExitCodeExceptionMapper(failure -> 1);
        // the other program's options are its own, --help too
        Objects.requireNonNull(line.getSubcommands().get("conformance")).setUnmatchedOptionsArePositionalParams(true);
        System.exit(line.execute(arguments));
    }

    /** The project's folder, as the launcher says. */
    static Path root() {
        return Path.of(System.getProperty("clearmarket.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** Where a system's state lives: as the option says, or the environment, or beside the launcher. */
    static Path data(@Nullable Path option) {
        String environment = System.getenv("CLEARMARKET_DATA");
        if (option != null) {
            return fromUser(option);
        }
        return environment == null ? root().resolve(".clearmarket") : fromUser(Path.of(environment));
    }

    /** A path as the user meant it: relative to where they called the launcher. */
    static Path fromUser(Path path) {
        return Path.of(System.getProperty("clearmarket.from", "."))
                .resolve(path)
                .toAbsolutePath()
                .normalize();
    }
}
