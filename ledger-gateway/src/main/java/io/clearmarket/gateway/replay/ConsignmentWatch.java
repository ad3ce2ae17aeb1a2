package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.client.MarketClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Waits for what others do to a consignment, the settlement's evidence of deposits and payouts, and for the gateway's
 * queries to know of a block. Told by the stream of domain events, so that waiting asks for nothing; looks by itself
 * where the stream began too late, and now and then.
 */
final class ConsignmentWatch implements DomainEvents.Listener {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    private static final Duration LONGEST_LAG = Duration.ofMinutes(5);
    private static final long NOTHING = Long.MIN_VALUE;

    private final MarketClient client;
    private final String token;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition anotherBlock = lock.newCondition();
    private final Map<ConsignmentId, Waiting> waiting = new HashMap<>();
    private long openedAt = NOTHING;
    private long newestBlock = NOTHING;

    /** Somebody who waits for a consignment, and the last that was told of it. */
    private static final class Waiting {
        private final Condition told;
        private @Nullable JsonNode newest;

        Waiting(Condition told) {
            this.told = told;
        }
    }

    /** @param token of somebody who may see every consignment */
    ConsignmentWatch(MarketClient client, String token) {
        this.client = client;
        this.token = token;
    }

    @Override
    public void opened(long block) {
        lock.lock();
        try {
            openedAt = openedAt == NOTHING ? block : openedAt;
            moveTo(block);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void happened(DomainEvents.Happened event) {
        lock.lock();
        try {
            Waiting one = event.consignmentId() == null ? null : waiting.get(event.consignmentId());
            if (one != null) {
                one.newest = event.consignment();
                one.told.signalAll();
            }
            moveTo(event.block());
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(long block) {
        if (block > newestBlock) {
            newestBlock = block;
            anotherBlock.signalAll();
        }
    }

    /** Begins to remember what is told of a consignment; before the command whose effect is to be waited for. */
    void expect(ConsignmentId id) {
        lock.lock();
        try {
            waiting.computeIfAbsent(id, none -> new Waiting(lock.newCondition()));
        } finally {
            lock.unlock();
        }
    }

    /** No longer remembers it. */
    void forget(ConsignmentId id) {
        lock.lock();
        try {
            waiting.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns once the gateway's queries know of a block that has an event, or after a while.
     *
     * @return true if the stream tells of all that comes after that block
     */
    boolean awaitBlock(long block) {
        long left = LONGEST_LAG.toNanos();
        lock.lock();
        try {
            while (newestBlock < block && left > 0) {
                left = anotherBlock.awaitNanos(left);
            }
            return openedAt != NOTHING && openedAt < block;
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The consignment's goods and money once they are as wanted; {@link #expect} comes before.
     *
     * @param streamed true if it came to be after the stream was opened, so that the stream tells all of it
     * @throws ReplayException if it is not within the time
     */
    JsonNode await(ConsignmentId id, boolean streamed, String what, Predicate<JsonNode> wanted, Duration atMost) {
        Instant until = Instant.now().plus(atMost);
        JsonNode consignment = streamed ? newest(id) : now(id);
        while (consignment == null || !wanted.test(consignment)) {
            if (Instant.now().isAfter(until)) {
                throw new ReplayException("consignment " + id + " is not " + what + " after " + atMost.toSeconds()
                        + " s: " + consignment);
            }
            consignment = next(id, consignment);
        }
        return consignment;
    }

    /** What is told next; after a while without a word, what the gateway says when asked. */
    private JsonNode next(ConsignmentId id, @Nullable JsonNode seen) {
        long left = LOOK_AGAIN.toNanos();
        lock.lock();
        try {
            Waiting one = of(id);
            while (left > 0) {
                JsonNode newest = one.newest;
                if (newest != null && !newest.equals(seen)) {
                    return newest;
                }
                left = one.told.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
        return now(id);
    }

    private @Nullable JsonNode newest(ConsignmentId id) {
        lock.lock();
        try {
            return of(id).newest;
        } finally {
            lock.unlock();
        }
    }

    private Waiting of(ConsignmentId id) {
        Waiting one = waiting.get(id);
        if (one == null) {
            throw new IllegalStateException("consignment " + id + " is not expected");
        }
        return one;
    }

    private JsonNode now(ConsignmentId id) {
        return client.get("/api/v1/consignments/" + id, token).path("consignment");
    }

    private static ReplayException interrupted() {
        Thread.currentThread().interrupt();
        return new ReplayException("interrupted while waiting for a consignment");
    }
}
