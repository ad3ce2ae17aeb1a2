package io.clearmarket.gateway.events;

import io.clearmarket.gateway.fabric.LedgerBlock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Work on a thread of its own, done when a block is committed and now and then besides; a failure is logged and it goes on. */
public abstract class BlockDriven implements SmartLifecycle, CommittedBlockListener {
    private static final Logger LOG = LoggerFactory.getLogger(BlockDriven.class);

    private final String name;
    private final Duration idle;
    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable Thread loop;

    /**
     * @param name of the thread, for logs
     * @param idle how long it rests when there is no block, and after a failure
     */
    protected BlockDriven(String name, Duration idle) {
        this.name = name;
        this.idle = idle;
    }

    /** Does what is due; true if there may be more at once. */
    protected abstract boolean work();

    /** Has {@link #work} called again soon. */
    protected final void wake() {
        wakeUps.release();
    }

    @Override
    public final void committed(LedgerBlock block) {
        wake();
    }

    @Override
    public final synchronized void start() {
        if (loop == null) {
            loop = Thread.ofVirtual().name(name).start(this::run);
        }
    }

    @Override
    public final synchronized void stop() {
        Thread running = loop;
        if (running != null) {
            running.interrupt();
            loop = null;
        }
    }

    @Override
    public final synchronized boolean isRunning() {
        return loop != null;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (!work() && wakeUps.tryAcquire(idle.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("{} pauses for {} because of {}", name, idle, e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(idle);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
