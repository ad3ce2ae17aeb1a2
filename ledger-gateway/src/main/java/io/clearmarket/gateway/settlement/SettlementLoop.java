package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.EscrowChain;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The rounds of settlement, on two threads: one sends to the chain and reads it, one brings evidence to the ledger. A round
 * that fails is tried again; all that a round knows is in the database and on the two ledgers.
 */
final class SettlementLoop implements SmartLifecycle {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Rounds chainRounds;
    private final Rounds evidenceRounds;
    private volatile @Nullable List<Thread> threads;

    /** @param mode asked at the beginning of each round */
    SettlementLoop(
            EscrowChain chain,
            ChainFollower follower,
            Payouts payouts,
            StandbyTakeover standby,
            EvidenceRecorder recorder,
            Duration interval,
            Supplier<Mode> mode) {
        this.chainRounds = new Rounds("settlement chain", interval, () -> {
            switch (mode.get()) {
                case RUNNING -> {
                    chain.tick();
                    follower.follow();
                    payouts.pay();
                    standby.act();
                }
                case DRY_RUN -> follower.follow();
                case PAUSED -> {
                    // an operator said so
                }
            }
            return false;
        });
        this.evidenceRounds =
                new Rounds("settlement evidence", interval, () -> mode.get() == Mode.RUNNING && recorder.record());
    }

    /** What the two threads do, for whoever drives them otherwise. */
    List<Rounds> rounds() {
        return List.of(chainRounds, evidenceRounds);
    }

    @Override
    public synchronized void start() {
        if (threads == null) {
            threads = rounds().stream()
                    .map(rounds -> Thread.ofVirtual().name(rounds.name()).start(() -> repeat(rounds)))
                    .toList();
        }
    }

    @Override
    public synchronized void stop() {
        List<Thread> running = threads;
        threads = null;
        if (running != null) {
            running.forEach(Thread::interrupt);
            running.forEach(SettlementLoop::join);
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }

    /** False if rounds keep failing for a reason that waiting does not cure. */
    boolean isHealthy() {
        return isRunning() && Stream.of(chainRounds, evidenceRounds).noneMatch(Rounds::isFailing);
    }

    private static void repeat(Rounds rounds) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(rounds.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
