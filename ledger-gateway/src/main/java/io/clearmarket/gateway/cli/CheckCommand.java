package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.audit.CanonicalDump;
import io.clearmarket.gateway.audit.CheckResult;
import io.clearmarket.gateway.audit.ConservationCheck;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clearmarket check}: 0 if both ledgers account for all money, 1 with a line for each difference. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Recomputes from both ledgers' own data whether all money is accounted for.")
final class CheckCommand implements Callable<Integer> {
    /** Who reads the auditor's peer. */
    private static final String READER = "auditor";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Option(names = "--dump", description = "Also write what both ledgers say, as text that two equal runs have alike.")
    private @Nullable Path dump;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("picocli sets the command's specification");
        }
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        UpState up = RunningSystem.of(data);
        UpState.IdentityFiles reader = up.identities().get(READER);
        if (reader == null) {
            err.println("clearmarket: up.json names no identity \"" + READER + "\" that could read the auditor's peer");
            return 1;
        }
        CheckResult result =
                ConservationCheck.of(up.network(), up.chain(), up.deployment(), reader.msp(), reader.mspId());
        if (dump != null) {
            Files.writeString(
                    Main.fromUser(dump),
                    CanonicalDump.of(up.network(), up.chain(), up.deployment(), reader.msp(), reader.mspId()));
        }
        if (json) {
            out.println(Json.MAPPER.writeValueAsString(result));
        } else {
            print(result, out);
        }
        out.flush();
        return result.sound() ? 0 : 1;
    }

    static void print(CheckResult result, PrintWriter out) {
        out.printf("ledger   %d blocks, newest header %s%n", result.height(), result.hash());
        out.printf("chain    finalized block %d%n", result.chainBlock());
        out.printf("compared %d consignments%n", result.consignments());
        result.assets().forEach((asset, sums) -> {
            out.println();
            out.println(asset);
            out.printf("  %-10s %20s%n", "deposited", sums.deposited());
            out.printf("  %-10s %20s%n", "held", sums.held());
            out.printf("  %-10s %20s%n", "gross", sums.gross());
            out.printf("  %-10s %20s%n", "buyer", sums.buyer());
            out.printf("  %-10s %20s%n", "pending", sums.pending());
            out.printf("  %-10s %20s%n", "claimable", sums.claimable());
            out.printf("  %-10s %20s%n", "balance", sums.balance());
        });
        out.println();
        if (result.sound()) {
            out.println("no difference");
        } else {
            out.println(result.differences().size() + " differences:");
            result.differences().forEach(line -> out.println("  " + line));
        }
    }
}
