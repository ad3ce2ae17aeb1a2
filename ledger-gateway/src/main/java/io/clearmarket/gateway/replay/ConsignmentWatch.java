package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.client.MarketClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Waits for what others do to a consignment: the settlement's evidence of deposits and payouts. Woken by the stream of
 * domain events; looks by itself now and then, since a stream can miss what happened before it was opened.
 */
final class ConsignmentWatch {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    private static final Set<String> BY_SETTLEMENT =
            Set.of("consignment.funded", "consignment.deposit_returned", "consignment.paid", "consignment.reclaimed");

    private final MarketClient client;
    private final String token;
    private final ConcurrentMap<ConsignmentId, CountDownLatch> waiting = new ConcurrentHashMap<>();

    /** @param token of somebody who may see every consignment */
    ConsignmentWatch(MarketClient client, String token) {
        this.client = client;
        this.token = token;
    }

    void onEvent(DomainEvents.Happened event) {
        ConsignmentId id = event.consignmentId();
        if (id != null && BY_SETTLEMENT.contains(event.type())) {
            CountDownLatch latch = waiting.remove(id);
            if (latch != null) {
                latch.countDown();
            }
        }
    }

    /** The consignment as the gateway shows it. */
    JsonNode now(ConsignmentId id) {
        return client.get("/api/v1/consignments/" + id, token).path("consignment");
    }

    /**
     * The consignment once it is as wanted.
     *
     * @throws ReplayException if it is not within the time
     */
    JsonNode await(ConsignmentId id, String what, Predicate<JsonNode> wanted, Duration atMost) {
        Instant until = Instant.now().plus(atMost);
        while (true) {
            CountDownLatch changed = waiting.computeIfAbsent(id, none -> new CountDownLatch(1));
            JsonNode consignment = now(id);
            if (wanted.test(consignment)) {
                waiting.remove(id);
                return consignment;
            }
            if (Instant.now().isAfter(until)) {
                throw new ReplayException("consignment " + id + " is not " + what + " after " + atMost.toSeconds()
                        + " s: " + consignment);
            }
            awaitChange(changed);
        }
    }

    private static void awaitChange(CountDownLatch changed) {
        try {
            if (changed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while waiting for a consignment");
        }
    }
}
