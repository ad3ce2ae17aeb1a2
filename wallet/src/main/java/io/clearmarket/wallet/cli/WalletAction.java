package io.clearmarket.wallet.cli;

import io.clearmarket.wallet.WalletException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the subcommands share: where they print, and how a failure ends them. */
abstract class WalletAction implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int REFUSED = 1;

    @ParentCommand
    private @Nullable WalletCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    /** Does it; a {@link WalletException} or {@link IllegalArgumentException} becomes one line and exit code 1. */
    abstract void act();

    @Override
    public final Integer call() {
        try {
            act();
            return DONE;
        } catch (WalletException | IllegalArgumentException e) {
            err().println("error: " + e.getMessage());
            return REFUSED;
        } finally {
            out().flush();
            err().flush();
        }
    }

    final WalletCommand wallet() {
        return Objects.requireNonNull(parent);
    }

    final CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    /** Results, for the next program. */
    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** What is said to the person. */
    final PrintWriter err() {
        return spec().commandLine().getErr();
    }
}
