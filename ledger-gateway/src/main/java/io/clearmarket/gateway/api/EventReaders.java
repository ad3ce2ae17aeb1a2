package io.clearmarket.gateway.api;

import io.clearmarket.gateway.events.CommittedBlockListener;
import io.clearmarket.gateway.fabric.LedgerBlock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The open event streams: wakes them on a new block and ends them when the gateway stops. */
@Component
class EventReaders implements CommittedBlockListener, SmartLifecycle {
    static final int AT_ONCE = 500;
    static final int AT_ONCE_OF_ONE_CALLER = 50;

    private final Map<String, Integer> places = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long generation;
    private boolean open;

    /** Takes a place, if one is free, and the caller has not too many already. */
    boolean enter(String caller) {
        synchronized (places) {
            int own = places.getOrDefault(caller, 0);
            int all = places.values().stream().mapToInt(Integer::intValue).sum();
            if (own >= AT_ONCE_OF_ONE_CALLER || all >= AT_ONCE) {
                return false;
            }
            places.put(caller, own + 1);
            return true;
        }
    }

    void leave(String caller) {
        synchronized (places) {
            places.computeIfPresent(caller, (same, own) -> own == 1 ? null : own - 1);
        }
    }

    /** How many blocks have come; to be read before looking into the tables. */
    long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news after that generation, or so long. */
    void awaitAfter(long seen, Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (generation == seen && open && left > 0) {
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void committed(LedgerBlock block) {
        change(open);
    }

    private void change(boolean nowOpen) {
        lock.lock();
        try {
            generation++;
            open = nowOpen;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        change(true);
    }

    /** Runs before the web server waits for its requests to end. */
    @Override
    public void stop() {
        change(false);
    }

    @Override
    public boolean isRunning() {
        return isOpen();
    }
}
