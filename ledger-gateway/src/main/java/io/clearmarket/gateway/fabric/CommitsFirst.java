package io.clearmarket.gateway.fabric;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has the commits of a block told before the block itself is read: callers wait for the one, tables and streams for the other, and both would be at work at the
 * same moment (decision 229). One for each organisation whose blocks are followed.
 */
final class CommitsFirst {
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long next;

    /** @param patience how long a block waits for its commits at most: they go first, but a block does not depend on them */
    CommitsFirst(Duration patience) {
        this.patience = patience;
    }

    /** The commits of a block were told. */
    void told(long block) {
        lock.lock();
        try {
            next = block + 1;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns once the commits of the block were told, or patience ends; at once where nobody has been told of any. */
    void await(long block) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (next > 0 && block >= next && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
