package io.clearmarket.gateway.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.client.MarketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long after a block's commit its events arrive by stream and by webhook. A block is committed when Fabric's own client, connected to
 * a peer beside the gateway, is told of it.
 */
final class PushTimes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NO_CONTENT = 204;

    /** When an event of a block arrived. */
    private record Arrived(long block, long nanoTime) {}

    private final Map<Long, Long> committed = new ConcurrentHashMap<>();
    private final Collection<Arrived> streamed = new ConcurrentLinkedQueue<>();
    private final Collection<Arrived> posted = new ConcurrentLinkedQueue<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final HttpServer receiver;
    private final DomainEvents stream;
    private final MarketClient client;
    private final String token;
    private final String webhook;

    /** @param token of whose events are timed */
    PushTimes(URI gateway, MarketClient client, String token) {
        this.client = client;
        this.token = token;
        this.receiver = receiver();
        this.stream = new DomainEvents(gateway, token, new DomainEvents.Listener() {
            @Override
            public void opened(long block) {
                open.countDown();
            }

            @Override
            public void happened(DomainEvents.Happened event) {
                streamed.add(new Arrived(event.block(), System.nanoTime()));
            }
        });
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        this.webhook = client.post("/api/v1/webhooks", token, Map.of("url", url), Map.of())
                .path("id")
                .asString();
        receiver.start();
        stream.start();
        awaitOpen();
    }

    private HttpServer receiver() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::receive);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no server can be opened for webhooks", e);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.nanoTime();
            // the position of its event, which begins with the block
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            posted.add(new Arrived(Long.parseLong(id.substring(0, id.indexOf('.'))), now));
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    private void awaitOpen() {
        try {
            if (!open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new ReplayException("the gateway's stream of events does not open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted");
        }
    }

    /** Is told of each block as it is committed. */
    void committed(long block) {
        committed.putIfAbsent(block, System.nanoTime());
    }

    /** Waits until as many events have arrived both ways. */
    void await(int events) {
        Instant until = Instant.now().plus(PATIENCE);
        while (streamed.size() < events || posted.size() < events) {
            if (Instant.now().isAfter(until)) {
                throw new ReplayException("of " + events + " events " + streamed.size() + " were streamed and "
                        + posted.size() + " posted");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReplayException("interrupted");
            }
        }
    }

    /** How many have arrived both ways. */
    int arrived() {
        return Math.min(streamed.size(), posted.size());
    }

    /** Milliseconds from commit to stream, the shortest first. */
    List<Double> streamed() {
        return times(streamed);
    }

    /** Milliseconds from commit to webhook, the shortest first. */
    List<Double> posted() {
        return times(posted);
    }

    /** The gateway hears of a block from another peer and may do so first: no time then. */
    private List<Double> times(Collection<Arrived> all) {
        List<Double> millis = new ArrayList<>();
        for (Arrived one : all) {
            Long at = committed.get(one.block());
            if (at != null) {
                millis.add(Math.max(0, one.nanoTime() - at) / 1e6);
            }
        }
        millis.sort(null);
        return millis;
    }

    @Override
    public void close() {
        stream.close();
        client.delete("/api/v1/webhooks/" + webhook, token);
        receiver.stop(0);
    }
}
