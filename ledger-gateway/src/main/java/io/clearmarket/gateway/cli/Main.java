package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.crash.CrashException;
import io.clearmarket.gateway.fabric.LedgerFailure;
import io.clearmarket.gateway.replay.ReplayException;
import io.clearmarket.gateway.up.UpException;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.cli.WalletCommand;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        System.exit(line().execute(arguments));
    }

    /** All commands: 0 done, 1 refused or failed, 2 wrong usage. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            String told = told(failure);
            if (told == null) {
                throw failure;
            }
            System.err.println("clearmarket: " + told);
            return 1;
        });
        line.setExitCodeExceptionMapper(failure -> failure instanceof CommandLine.ParameterException ? 2 : 1);
        // the other program's options are its own, --help too
        Objects.requireNonNull(line.getSubcommands().get("conformance")).setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    /** What is told of a failure in one line; null if it is a bug of ours, of which all is told. */
    private static @Nullable String told(Exception failure) {
        return switch (failure) {
            case UpException up -> up.getMessage();
            case ApiProblem refused -> refused.getMessage();
            case ReplayException replay -> replay.getMessage();
            case CrashException crash -> crash.getMessage();
            case WalletException wallet -> wallet.getMessage();
            case ChainException chain -> chain.getMessage();
            case LedgerFailure ledger -> ledger.getMessage();
            case IOException file -> reason(file);
            default -> null;
        };
    }

    /** Why a file or an address can't be used, with its name; Java says the name alone where there is no such file. */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException absent -> absent.getFile() + ": there is no such file or folder";
            case AccessDeniedException denied -> denied.getFile() + ": access denied";
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** A file's content. */
    static byte[] read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not a file");
        }
        return Files.readAllBytes(file);
    }

    /** The policy that was named, or else that of this checkout's own system; {@link UpException} if neither is there. */
    static Path policy(@Nullable Path named, @Nullable Path data) {
        Path pinned = named == null ? data(data).resolve("gateway/proof/policy") : fromUser(named);
        if (named == null && !Files.exists(pinned)) {
            throw new UpException("no system has run here whose policy could be taken (" + pinned
                    + "); name whom to trust with --policy FILE");
        }
        return pinned;
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
