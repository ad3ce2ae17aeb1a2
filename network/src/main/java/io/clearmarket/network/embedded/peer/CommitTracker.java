package io.clearmarket.network.embedded.peer;

import io.clearmarket.network.embedded.ledger.CommittedBlock;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.embedded.server.WakeUp;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hyperledger.fabric.protos.common.Block;

/** Tells waiting calls of one peer what it has committed, and keeps the newest blocks at hand for its streams. */
public final class CommitTracker implements AutoCloseable {
    private static final int KEPT_IN_MEMORY = 64;

    private final PeerLedger ledger;
    private final Runnable subscription;
    private final Map<String, Set<CommitWait>> waiting = new ConcurrentHashMap<>();
    private final Set<WakeUp> urgent = ConcurrentHashMap.newKeySet();
    private final Set<WakeUp> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<Block> recent = new AtomicReferenceArray<>(KEPT_IN_MEMORY);

    public CommitTracker(PeerLedger ledger) {
        this.ledger = ledger;
        this.subscription = closing(ledger.onCommit(this::committed));
    }

    /** Begins to wait for a transaction; ends at once if it is committed already. Close the wait in any case. */
    public CommitWait await(String transactionId) {
        CommitWait wait = new CommitWait(this, transactionId);
        // registered before the look-up, so a commit between the two is not missed
        waiting.compute(transactionId, (id, others) -> {
            Set<CommitWait> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(wait);
            return all;
        });
        ledger.find(transactionId).ifPresent(wait.location()::complete);
        return wait;
    }

    /** Waits until this many blocks are committed; false if that takes longer than the timeout. */
    public boolean awaitHeight(long height, long timeout, TimeUnit unit) {
        WakeUp wakeUp = new WakeUp();
        listen(wakeUp);
        try {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            while (ledger.height() < height) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wakeUp.await(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            unlisten(wakeUp);
        }
    }

    /** Raises the wake-up after each commit, until {@link #unlisten}. */
    public void listen(WakeUp wakeUp) {
        listeners.add(wakeUp);
    }

    /** As {@link #listen}, but raised before all of those: for a stream that somebody waits for to be answered. */
    public void listenFirst(WakeUp wakeUp) {
        urgent.add(wakeUp);
    }

    public void unlisten(WakeUp wakeUp) {
        urgent.remove(wakeUp);
        listeners.remove(wakeUp);
    }

    /** The committed block of this number, if there is one. */
    public Optional<Block> block(long number) {
        if (number < 0 || number >= ledger.height()) {
            return Optional.empty();
        }
        Block cached = recent.get((int) (number % KEPT_IN_MEMORY));
        return cached != null && cached.getHeader().getNumber() == number ? Optional.of(cached) : ledger.block(number);
    }

    private void committed(CommittedBlock committed) {
        recent.set((int) (committed.number() % KEPT_IN_MEMORY), committed.block());
        for (String id : committed.transactionIds()) {
            Set<CommitWait> waits = waiting.remove(id);
            if (waits != null) {
                ledger.find(id)
                        .ifPresent(location ->
                                waits.forEach(wait -> wait.location().complete(location)));
            }
        }
        raiseAll();
    }

    private void raiseAll() {
        urgent.forEach(WakeUp::raise);
        listeners.forEach(WakeUp::raise);
    }

    void forget(CommitWait wait) {
        waiting.computeIfPresent(wait.transactionId(), (id, waits) -> {
            waits.remove(wait);
            return waits.isEmpty() ? null : waits;
        });
    }

    /** Transactions that calls wait for, plus streams: what cancelled calls must not leave behind. */
    public int openWaits() {
        return waiting.size() + urgent.size() + listeners.size();
    }

    private static Runnable closing(AutoCloseable handle) {
        return () -> {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("a ledger's listener handle does not close", e);
            }
        };
    }

    @Override
    public void close() {
        subscription.run();
        waiting.values().forEach(waits -> waits.forEach(wait -> wait.location().cancel(false)));
        raiseAll();
    }
}
