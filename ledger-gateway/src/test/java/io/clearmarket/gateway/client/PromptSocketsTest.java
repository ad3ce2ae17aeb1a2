package io.clearmarket.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over a real connection: what holds a request back is the system's. */
class PromptSocketsTest {
    private static final int CALLS = 61;
    /** What Linux waits before it acknowledges, less than which no held back request takes. */
    private static final Duration HELD_BACK = Duration.ofMillis(40);

    private final HttpServer server;

    PromptSocketsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_body_as_long_as_a_transactions_goes_out_in_one_go() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Http http = new Http(address, Duration.ZERO);
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            http.post("/", null, Map.of("transaction", "x".repeat(24_000)), Map.of());
            taken.add(Duration.ofNanos(System.nanoTime() - start));
        }
        taken.sort(null);
        assertThat(taken.get(CALLS / 2)).isLessThan(HELD_BACK);
    }
}
