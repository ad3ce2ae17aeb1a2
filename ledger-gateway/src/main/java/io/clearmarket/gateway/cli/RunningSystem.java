package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.up.UpException;
import io.clearmarket.gateway.up.UpState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What commands about a running system share. */
final class RunningSystem {
    private RunningSystem() {}

    /** The system that is up; {@link UpException} if none is. */
    static UpState of(@Nullable Path data) {
        Path folder = Main.data(data);
        return UpState.ofRunning(folder)
                .orElseThrow(() -> new UpException("no system is up on " + folder + "; \"clearmarket up\" starts one"));
    }

    /** A role's development token. */
    static String token(UpState up, String role) {
        String token = up.tokens().get(role);
        if (token == null) {
            throw new UpException("up.json has no token of role \"" + role + "\"; it has those of "
                    + new TreeSet<>(up.tokens().keySet()));
        }
        return token;
    }

    /** What computing anew has found. */
    static void printRecheck(boolean wanted, List<String> differences, PrintStream out) {
        if (!wanted) {
            return;
        }
        if (differences.isEmpty()) {
            out.println("recheck: the same from your own peer and node");
        } else {
            out.println("recheck: " + differences.size() + " differences:");
            differences.forEach(line -> out.println("  " + line));
        }
    }
}
