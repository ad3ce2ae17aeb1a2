package io.clearmarket.gateway.fabric;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongFunction;
import org.hyperledger.fabric.client.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads blocks of some form one after the other, on a thread of its own, and goes on where it was after any failure.
 *
 * @param <B> the form of a block
 */
final class Follower<B> implements BlockStream.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final LongFunction<CloseableIterator<B>> open;
    private final Handler<B> handler;
    private final Thread thread;

    private volatile boolean closed;
    private volatile @Nullable CloseableIterator<B> current;
    private long next;
    private Duration pause = FIRST_PAUSE;

    /**
     * @param name of the thread, for logs
     * @param open gives the blocks from a number on
     */
    Follower(String name, long from, LongFunction<CloseableIterator<B>> open, Handler<B> handler) {
        this.name = name;
        this.next = from;
        this.open = open;
        this.handler = handler;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** Takes a block, or throws to be offered it again. */
    @FunctionalInterface
    interface Handler<B> {
        /** @return the number of the block */
        long handle(B block) throws Exception;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        CloseableIterator<B> blocks = current;
        if (blocks != null) {
            blocks.close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, reading goes on
    private void run() {
        while (!closed) {
            try (CloseableIterator<B> blocks = open.apply(next)) {
                current = blocks;
                while (!closed && blocks.hasNext()) {
                    next = handler.handle(blocks.next()) + 1;
                    pause = FIRST_PAUSE;
                }
            } catch (Exception e) {
                if (!closed) {
                    LOG.warn("{}: block {} is tried again in {} ms: {}", name, next, pause.toMillis(), e.toString());
                    LOG.debug("{}", name, e);
                }
            }
            rest();
        }
    }

    /** Pauses, longer each time; with some noise so that many readers don't come back at once. */
    private void rest() {
        try {
            if (!closed) {
                Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(FIRST_PAUSE.toMillis())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
