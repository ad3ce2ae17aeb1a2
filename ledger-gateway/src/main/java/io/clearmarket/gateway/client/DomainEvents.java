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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows the gateway's stream of domain events (server-sent events, WHATWG HTML section 9.2), reconnecting from the last
 * one received, until it is closed.
 */
public final class DomainEvents implements AutoCloseable {
    /**
     * What happened; the resource says more.
     *
     * @param block the ledger's block that it is in
     * @param consignmentId set where it is about one consignment
     * @param consignment its goods, version and money after it; empty where it is about none
     * @param event all that is told
     */
    public record Happened(long block, @Nullable ConsignmentId consignmentId, JsonNode consignment, JsonNode event) {}

    /** Who wants to know; called on one thread, in ledger order. */
    public interface Listener {
        /** The stream is open: it tells of every block after this one, and the gateway's queries know all others. */
        void opened(long block);

        /** Something happened, and the gateway's queries know of it. */
        void happened(Happened event);
    }

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI stream;
    private final String token;
    private final Listener listener;
    private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();
    private volatile @Nullable InputStream open;
    private volatile boolean closed;
    private @Nullable String lastId;

    /** @param token of the caller, who is told of what they may see */
    public DomainEvents(URI gateway, String token, Listener listener) {
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
                } else if (id != null) {
                    listener.opened(block(id));
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
        listener.happened(new Happened(
                block(event.path("position").asString("")),
                consignment.isString() ? new ConsignmentId(consignment.stringValue()) : null,
                event.path("data"),
                event));
    }

    /** The block of a position such as {@code 12.0.1} or {@code 12}. */
    private static long block(String position) {
        int dot = position.indexOf('.');
        return Long.parseLong(dot < 0 ? position : position.substring(0, dot));
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
