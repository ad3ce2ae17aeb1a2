package io.clearmarket.gateway.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscriptions by WebSocket, through a real handshake. */
class EventStreamTest {
    private static final int PATIENCE = 90;

    private final EpcisClient client = EpcisClient.of("merchant");
    private final HttpClient http = HttpClient.newHttpClient();
    private final String order = "urn:example:order:" + UUID.randomUUID();
    private final String name = "stream-" + UUID.randomUUID();
    private final List<WebSocket> open = new ArrayList<>();

    @BeforeEach
    void query() {
        client.post(
                "/epcis/queries", "{\"name\":\"" + name + "\",\"query\":{\"EQ_bizTransaction_po\":\"" + order + "\"}}");
    }

    @AfterEach
    void close() {
        open.forEach(WebSocket::abort);
    }

    @Test
    void it_tells_what_is_new_each_event_once_and_with_a_time_what_is_older_too() throws Exception {
        String old = capture();
        Reader fresh = opened("stream=true");
        Reader both = opened("stream=true&initialRecordTime=2020-01-01T00:00:00Z");
        assertThat(both.items(1)).containsExactly(old);
        String first = capture();
        String second = capture();
        assertThat(fresh.items(2)).containsExactly(first, second);
        assertThat(both.items(2)).containsExactly(first, second);
        assertThat(fresh.queryName).isEqualTo(name);
    }

    @Test
    void a_schedule_tells_at_its_times_and_that_there_is_nothing_where_that_is_asked_for() throws Exception {
        Reader everySecond = opened("second=%5B0-59%5D&reportIfEmpty=true");
        assertThat(everySecond.next()).isEmpty();
        String serial = capture();
        assertThat(everySecond.items(1)).containsExactly(serial);
    }

    @Test
    void it_ends_with_its_query() throws Exception {
        Reader reader = opened("stream=true");
        assertThat(client.call("DELETE", "/epcis/queries/" + name).statusCode()).isEqualTo(204);
        assertThat(reader.closed.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void what_can_not_be_streamed_is_refused_before_anything_is_opened() {
        String token = GatewayTestSystem.get().token("merchant");
        assertThat(refusal(name, "", token, null)).isEqualTo(400);
        assertThat(refusal(name, "stream=true&minute=5", token, null)).isEqualTo(400);
        assertThat(refusal(name, "minute=77", token, null)).isEqualTo(400);
        assertThat(refusal(name, "stream=true&initialRecordTime=yesterday", token, null))
                .isEqualTo(400);
        assertThat(refusal("no-such-query", "stream=true", token, null)).isEqualTo(404);
        assertThat(refusal(name, "stream=true", null, null)).isEqualTo(401);
        assertThat(refusal(name, "stream=true", token, "https://elsewhere.example"))
                .isEqualTo(403);
    }

    @Test
    void one_caller_opens_only_so_many() throws Exception {
        String token = GatewayTestSystem.get().token("carrier");
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(handshake(name, "stream=true", token, null));
        }
        assertThat(answers).containsOnly(101);
        assertThat(refusal(name, "stream=true", token, null)).isEqualTo(400);
    }

    private Reader opened(String parameters) throws Exception {
        Reader reader = new Reader();
        open.add(builder(GatewayTestSystem.get().token("merchant"), null)
                .buildAsync(address(name, parameters), reader)
                .get(PATIENCE, TimeUnit.SECONDS));
        return reader;
    }

    private int refusal(String query, String parameters, @Nullable String token, @Nullable String origin) {
        int status = handshake(query, parameters, token, origin);
        assertThat(status).isNotEqualTo(101);
        return status;
    }

    private int handshake(String query, String parameters, @Nullable String token, @Nullable String origin) {
        try {
            open.add(builder(token, origin)
                    .buildAsync(address(query, parameters), new Reader())
                    .join());
            return 101;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failed;
        }
    }

    private WebSocket.Builder builder(@Nullable String token, @Nullable String origin) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder;
    }

    private static URI address(String query, String parameters) {
        URI gateway = GatewayTestSystem.get().address();
        return URI.create("ws://" + gateway.getAuthority() + "/epcis/queries/" + query + "/events?" + parameters);
    }

    /** Captures an event, and returns its item's serial. */
    private String capture() {
        String serial = UUID.randomUUID().toString().substring(0, 12);
        JsonNode job = client.captured(
                InvalidDocuments.of(InvalidDocuments.sound(serial)
                        .replace(
                                "\"action\"",
                                "\"bizTransactionList\": [{\"type\": \"po\", \"bizTransaction\": \"" + order
                                        + "\"}], \"action\"")),
                "rollback");
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
        return serial;
    }

    /** What came through one WebSocket. */
    private static final class Reader implements WebSocket.Listener {
        private final BlockingQueue<List<String>> documents = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private volatile String queryName = "";

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode results =
                        Json.MAPPER.readTree(text.toString()).path("epcisBody").path("queryResults");
                text.setLength(0);
                queryName = results.path("queryName").asString();
                documents.add(results.path("resultsBody")
                        .path("eventList")
                        .valueStream()
                        .map(event -> event.path("epcList").path(0).asString().replaceFirst(".*[./]", ""))
                        .toList());
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        /** The items of the next document. */
        List<String> next() throws InterruptedException {
            return Objects.requireNonNull(documents.poll(PATIENCE, TimeUnit.SECONDS), "nothing came");
        }

        /** The items of as many documents as it takes. */
        List<String> items(int count) throws InterruptedException {
            List<String> items = new ArrayList<>();
            while (items.size() < count) {
                items.addAll(next());
            }
            return items;
        }
    }
}
