package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.audit.Recheck;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.json.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command needs that asks the running system's gateway as its auditor, and computes the answer anew on demand. */
final class AskOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private RecheckOptions recheck = new RecheckOptions();

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    /** The gateway's answer. */
    <T> T ask(String path, Class<T> type) {
        UpState up = RunningSystem.of(data);
        return Json.MAPPER.treeToValue(
                new MarketClient(up.gateway(), PATIENCE).get(path, RunningSystem.token(up, "auditor")), type);
    }

    /** What is wrong with it by one's own peer and node; nothing if nobody wants to know. */
    List<String> recheck(Function<Recheck, List<String>> question) {
        return recheck.isWanted() ? recheck.run(RunningSystem.of(data), question) : List.of();
    }

    /** Tells at which block of the ledger an answer is true. */
    static void print(AsOf asOf, PrintStream out) {
        out.printf("ledger   block %d, %s%n", asOf.block(), asOf.hash());
    }

    /** Tells what a recheck found, if one was wanted. */
    void print(List<String> wrong, PrintStream out) {
        RunningSystem.printRecheck(recheck.isWanted(), wrong, out);
    }
}
