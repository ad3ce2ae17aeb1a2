package io.clearmarket.gateway.crash;

import io.clearmarket.gateway.audit.CanonicalDump;
import io.clearmarket.gateway.replay.Replay;
import io.clearmarket.gateway.replay.ReplayRun;
import io.clearmarket.gateway.replay.Report;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.gateway.up.UpSystem;
import io.clearmarket.gateway.up.UseSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same orders, from the same seed, on two new systems: one in peace, one whose gateway is killed again and again. Whatever
 * a kill leaves behind, both ledgers must say the same in the end.
 */
public final class CrashRun {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final Path root;
    private final Path data;
    private final PrintStream out;

    /**
     * @param root the project's folder
     * @param data a folder for the systems, one after the other, and their dumps
     * @param out where the progress goes
     */
    public CrashRun(Path root, Path data, PrintStream out) {
        this.root = root;
        this.data = data;
        this.out = out;
    }

    /**
     * What came of it.
     *
     * @param orders replayed each time
     * @param kills that hit
     * @param reorganisations of the settlement chain that happened
     * @param lines of a dump
     * @param differences {@code - } a line of the peaceful run only, {@code + } of the other only
     */
    public record Result(int orders, int kills, int reorganisations, long lines, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        /** True if both runs left the same behind. */
        public boolean isSame() {
            return differences.isEmpty();
        }
    }

    /** What one run left behind. */
    private record Left(Report report, long steps, int reorganisations, String dump) {}

    /**
     * Replays twice and compares.
     *
     * @param orders the folder of orders
     * @param limit only the first so many
     * @param seed that the moments of kills and reorganisations follow from
     * @param reorganisations how many of the settlement chain's newest block
     * @throws CrashException if a replay failed, or was over before all kills had hit
     */
    public Result run(Path orders, int limit, long seed, int kills, int reorganisations) {
        Path seedFile = data.resolve("replay.json");
        delete(seedFile);
        Replay.Pace pace = pace(limit, kills);
        Left calm = peaceful(orders, limit, seedFile, pace);
        out.printf(
                "without a kill: %d orders in %.0f s%n",
                calm.report().orders(), calm.report().seconds());
        Left killed = killed(
                orders,
                limit,
                seedFile,
                pace,
                Kill.plan(seed, kills, calm.steps()),
                Reorganiser.plan(seed, reorganisations, calm.steps()));
        out.printf(
                "with %d kills and %d reorganisations: %d orders in %.0f s%n",
                kills,
                killed.reorganisations(),
                killed.report().orders(),
                killed.report().seconds());
        return new Result(
                calm.report().orders(),
                kills,
                killed.reorganisations(),
                calm.dump().lines().count(),
                DumpDifference.of(calm.dump(), killed.dump()));
    }

    /**
     * So few orders at a time that two batches of them are still to come for each kill: settlement takes all orders that wait
     * for a step in one go, and a kill waits for up to two passings of its step.
     */
    static Replay.Pace pace(int orders, int kills) {
        return new Replay.Pace(Math.clamp(orders / Math.max(1, 2L * kills), 1, Replay.Pace.USUAL.inFlight()), PATIENCE);
    }

    private Left peaceful(Path orders, int limit, Path seedFile, Replay.Pace pace) {
        try (UpSystem system = start()) {
            ReplayRun replay = new ReplayRun(system.state(), seedFile);
            return left("without-kills", system.state(), replay, replay.run(orders, limit, through -> {}, pace), 0);
        }
    }

    private Left killed(
            Path orders, int limit, Path seedFile, Replay.Pace pace, List<Kill> plan, List<Long> reorganisations) {
        try (UpSystem system = start();
                ExecutorService thread = Executors.newFixedThreadPool(2)) {
            ReplayRun replay = new ReplayRun(system.state(), seedFile);
            Killer killer = new Killer(system, replay, out);
            killer.prepare(plan);
            CompletableFuture<Report> running =
                    CompletableFuture.supplyAsync(() -> replay.run(orders, limit, through -> {}, pace), thread);
            Reorganiser reorganiser = new Reorganiser(system.state().chain(), replay);
            Future<Integer> reorganised = thread.submit(() -> reorganiser.run(reorganisations, running));
            int hit = killer.run(plan, running);
            Report report = join(running);
            if (hit < plan.size()) {
                throw new CrashException("the replay was over after " + hit + " of " + plan.size()
                        + " kills, waiting for the one " + plan.get(hit) + "; take more orders with --limit");
            }
            return left("with-kills", system.state(), replay, report, join(reorganised));
        }
    }

    /** A new system, where the other one was: the gateway's start is quicker where one has ended in peace. */
    private UpSystem start() {
        return UseSystem.startOwn(root, data.resolve("system"), true, NOWHERE);
    }

    private Left left(String name, UpState up, ReplayRun replay, Report report, int reorganisations) {
        if (!report.isClean()) {
            report.print(out);
            throw new CrashException("the replay " + name + " did not go as it should; see above");
        }
        UpState.IdentityFiles auditor = up.identities().get("auditor");
        if (auditor == null) {
            throw new CrashException("the system has no auditor to read its ledgers");
        }
        String dump = CanonicalDump.of(up.network(), up.chain(), up.deployment(), auditor.msp(), auditor.mspId());
        write(data.resolve(name + ".dump"), dump);
        return new Left(report, replay.steps(), reorganisations, dump);
    }

    private static Report join(CompletableFuture<Report> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static int join(Future<Integer> happened) {
        try {
            return happened.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CrashException("interrupted while waiting for the last reorganisation");
        } catch (ExecutionException e) {
            throw new CrashException("reorganising failed: " + e.getCause());
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CrashException(file + " can't be written: " + e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CrashException(file + " can't be deleted: " + e.getMessage());
        }
    }
}
