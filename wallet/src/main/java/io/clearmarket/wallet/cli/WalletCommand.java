package io.clearmarket.wallet.cli;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.store.ScryptCost;
import io.clearmarket.wallet.store.WalletStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code wallet create|import|list|show|sign}: keys of a person on their own machine; never connects to anything. */
@Command(
        name = "wallet",
        description = "Keys and signatures on your own machine; nothing here connects to a network.",
        subcommands = {CreateCommand.class, ImportCommand.class, ListCommand.class, ShowCommand.class, SignCommand.class
        })
public final class WalletCommand implements Runnable {
    private static final String VARIABLE = "CLEARMARKET_PASSPHRASE";

    private final Person person;
    private final Map<String, String> environment;
    private final ScryptCost cost;

    @Option(
            names = "--wallet",
            paramLabel = "DIR",
            defaultValue = ".clearmarket/wallet",
            scope = ScopeType.INHERIT,
            description = "The folder of keys (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(".clearmarket/wallet");

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "The passphrase is this file's first line; otherwise " + VARIABLE + ", otherwise you are asked.")
    private @Nullable Path passphraseFile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Say how this is used.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it before any command runs
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    /** At the process's own terminal and environment. */
    public WalletCommand() {
        this(Person.AT_THE_TERMINAL, System.getenv(), ScryptCost.STANDARD);
    }

    WalletCommand(Person person, Map<String, String> environment, ScryptCost cost) {
        this.person = person;
        this.environment = environment;
        this.cost = cost;
    }

    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        throw new ParameterException(self.commandLine(), "say what to do: create, import, list, show or sign");
    }

    WalletStore store() {
        return WalletStore.open(folder, cost);
    }

    Path folder() {
        return folder;
    }

    Person person() {
        return person;
    }

    /** The passphrase of a key that exists. */
    char[] passphrase() {
        char[] given = given();
        char[] typed = given == null ? person.secret("Passphrase") : given;
        if (typed == null) {
            throw new WalletException(
                    "a passphrase is needed: --passphrase-file, the variable " + VARIABLE + ", or a terminal");
        }
        return typed;
    }

    /** The passphrase of a new key; typed twice. */
    char[] newPassphrase() {
        char[] given = given();
        if (given != null) {
            return given;
        }
        char[] first = passphrase();
        if (!Arrays.equals(first, person.secret("Again"))) {
            throw new WalletException("the two passphrases differ");
        }
        return first;
    }

    private char @Nullable [] given() {
        if (passphraseFile != null) {
            return PrivateFiles.readText(passphraseFile)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .toCharArray();
        }
        String variable = environment.get(VARIABLE);
        return variable == null ? null : variable.toCharArray();
    }
}
