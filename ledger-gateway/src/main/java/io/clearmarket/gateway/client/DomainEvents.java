package io.clearmarket.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.wallet.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows the gateway's stream of domain events (server-sent events, WHATWG HTML section 9.2), reconnecting from the last
 * one received, until it is closed.
 */
public final class DomainEvents implements AutoCloseable {
    /**
     * What happened, in short; the resource says more.
     *
     * @param type such as {@code consignment.shipped}
     * @param consignmentId set where it is about one consignment
     */
    public record Happened(String type, @Nullable ConsignmentId consignmentId) {}

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI stream;
    private final String token;
    private final Consumer<Happened> listener;
    private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();
    private volatile @Nullable InputStream open;
    private volatile boolean closed;
    private @Nullable String lastId;

    /** @param listener called on one thread, in ledger order */
    public DomainEvents(URI gateway, String token, Consumer<Happened> listener) {
        this.stream = gateway.resolve("/api/v1/events");
        this.token = token;
        this.listener = listener;
    }

    /** Starts following, from now on. */
    public void start() {
        Thread thread = Thread.ofVirtual().name("domain-events").unstarted(this::follow);
        if (reader.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    private void follow() {
        while (!closed) {
            try {
                readOnce();
            } catch (IOException restarting) {
                // the gateway went away; it is asked again below
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void readOnce() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            open = body;
            if (response.statusCode() == 200 && !closed) {
                read(new BufferedReader(new InputStreamReader(body, UTF_8)));
            }
        } finally {
            open = null;
        }
    }

    private void read(BufferedReader lines) throws IOException {
        String id = null;
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    deliver(data.toString());
                    data.setLength(0);
                }
                lastId = id == null ? lastId : id;
                id = null;
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            }
        }
    }

    private void deliver(String json) {
        JsonNode event = Json.MAPPER.readTree(json);
        JsonNode consignment = event.path("consignmentId");
        listener.accept(new Happened(
                event.path("type").asString(""),
                consignment.isString() ? new ConsignmentId(consignment.stringValue()) : null));
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = reader.get();
        if (thread != null) {
            thread.interrupt();
        }
        InputStream body = open;
        if (body != null) {
            try {
                body.close();
            } catch (IOException alreadyGone) {
                // nothing is left to close
            }
        }
    }
}
