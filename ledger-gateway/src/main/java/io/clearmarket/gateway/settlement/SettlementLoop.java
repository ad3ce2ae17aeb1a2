package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.fabric.LedgerFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The rounds of settlement, on two threads: one sends to the chain and reads it, one brings evidence to the ledger. A round
 * that fails is tried again; all that a round knows is in the database and on the two ledgers.
 */
final class SettlementLoop implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementLoop.class);
    private static final int UNHEALTHY = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final EscrowChain chain;
    private final ChainFollower follower;
    private final Payouts payouts;
    private final EvidenceRecorder recorder;
    private final Duration interval;
    private volatile @Nullable List<Thread> threads;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    SettlementLoop(
            EscrowChain chain, ChainFollower follower, Payouts payouts, EvidenceRecorder recorder, Duration interval) {
        this.chain = chain;
        this.follower = follower;
        this.payouts = payouts;
        this.recorder = recorder;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (threads == null) {
            threads = List.of(
                    Thread.ofVirtual().name("settlement chain").start(() -> repeat(this::chainRound)),
                    Thread.ofVirtual().name("settlement evidence").start(() -> repeat(recorder::record)));
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
        return isRunning() && failing.isEmpty();
    }

    /** Something that may find more to do at once. */
    private interface Round {
        boolean run();
    }

    private boolean chainRound() {
        chain.tick();
        follower.follow();
        payouts.pay();
        return false;
    }

    private void repeat(Round round) {
        Duration pause = interval;
        int failures = 0;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean more = round.run();
                pause = interval;
                failures = 0;
                failing.remove(Thread.currentThread().getName());
                if (more) {
                    continue;
                }
            } catch (ChainException.Unavailable | LedgerFailure e) {
                LOG.warn("Settlement waits: {}", e.toString());
                pause = longer(pause);
            } catch (RuntimeException e) {
                LOG.error("A round of settlement failed", e);
                failures++;
                if (failures >= UNHEALTHY) {
                    failing.add(Thread.currentThread().getName());
                }
                pause = longer(pause);
            }
            if (!sleep(pause)) {
                return;
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
