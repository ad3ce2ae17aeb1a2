package io.clearmarket.network;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a network's process is told to end: by SIGTERM, Ctrl-C, or the end of its standard input. */
final class EndSignal {
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread starting;

    /**
     * Listens from now on. The shutdown hook waits until everything is {@link #closed}, because the process ends when the
     * hooks have returned.
     *
     * @param withStdin also end when standard input does
     */
    void listen(boolean withStdin) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            tell();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        if (withStdin) {
            Thread.ofPlatform().name("stdin").daemon().start(() -> {
                try {
                    while (System.in.read() >= 0) {
                        // whatever is written there means nothing
                    }
                } catch (IOException gone) {
                    // as good as an end
                }
                tell();
            });
        }
    }

    /** Until {@link #started()}, this thread is interrupted by the signal: what starts for minutes must not end later. */
    synchronized void interruptWhileStarting() {
        starting = Thread.currentThread();
    }

    /** From now on the signal waits to be asked for. */
    synchronized void started() {
        starting = null;
    }

    private synchronized void tell() {
        told.countDown();
        if (starting != null) {
            starting.interrupt();
        }
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        told.await();
    }

    /** Waits for the signal, but not longer than this; true if it came. */
    boolean await(Duration atMost) throws InterruptedException {
        return told.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything is closed: the process may end. */
    void closed() {
        closed.countDown();
    }
}
