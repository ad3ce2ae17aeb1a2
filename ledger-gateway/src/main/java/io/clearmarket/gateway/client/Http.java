package io.clearmarket.gateway.client;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * JSON over HTTP with the gateway's conventions; waits out a gateway that is restarting. A call blocks its thread, which for a
 * virtual one costs less than handing it from one thread to the next.
 */
final class Http {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_IDLE = 256;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

    private final OkHttpClient client;
    private final URI base;
    private final Duration patience;
    private final boolean onThisMachine;

    /** @param patience how long to go on trying while the gateway can't be reached or is overloaded */
    Http(URI base, Duration patience) {
        this(base, patience, ANSWER);
    }

    /**
     * With patience of one's own for an answer.
     *
     * @param patience nothing at all to try only once
     * @param answer how long an answer may take
     */
    Http(URI base, Duration patience, Duration answer) {
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(MOST_IDLE, 1, TimeUnit.MINUTES))
                .socketFactory(new PromptSockets())
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(answer)
                .retryOnConnectionFailure(false) // trying again is decided here
                .build();
        this.base = base;
        this.patience = patience;
        this.onThisMachine = Set.of("127.0.0.1", "[::1]", "localhost").contains(base.getHost());
    }

    JsonNode get(String path, @Nullable String token) {
        return json(send(request(path, token).build()));
    }

    JsonNode post(String path, @Nullable String token, Object body, Map<String, String> headers) {
        return call("POST", path, token, body, headers);
    }

    /** Any method; the body, if there is one, as JSON. */
    JsonNode call(
            String method, String path, @Nullable String token, @Nullable Object body, Map<String, String> headers) {
        RequestBody content = method.equals("POST") || method.equals("PUT") ? NOTHING : null;
        Request.Builder request = request(path, token)
                .method(method, body == null ? content : RequestBody.create(Json.MAPPER.writeValueAsBytes(body), JSON));
        headers.forEach(request::header);
        return json(send(request.build()));
    }

    void delete(String path, @Nullable String token) {
        send(request(path, token).delete().build());
    }

    private Request.Builder request(String path, @Nullable String token) {
        Request.Builder request = new Request.Builder()
                .url(base.resolve(path).toString())
                .header("Accept", "application/json, application/problem+json");
        if (onThisMachine) {
            // compressing costs both ends time, and between them is no network that it would spare
            request.header("Accept-Encoding", "identity");
        }
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private byte[] send(Request request) {
        Instant until = Instant.now().plus(patience);
        while (true) {
            try (Response response = client.newCall(request).execute()) {
                byte[] body = Objects.requireNonNull(response.body()).bytes();
                if (response.code() < 400) {
                    return body;
                }
                ApiProblem problem = problem(response.code(), body);
                if (!problem.isTransient() || Instant.now().isAfter(until)) {
                    throw problem;
                }
            } catch (IOException unreachable) {
                if (Thread.currentThread().isInterrupted() || unreachable.getClass() == InterruptedIOException.class) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while asking the gateway", unreachable);
                }
                if (Instant.now().isAfter(until)) {
                    throw new ApiProblem(503, null, "the gateway at " + base + " can't be reached: " + unreachable);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the gateway", e);
        }
    }

    private static JsonNode json(byte[] body) {
        return body.length == 0 ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(body);
    }

    private static ApiProblem problem(int status, byte[] bytes) {
        try {
            JsonNode body = json(bytes);
            JsonNode code = body.path("code");
            return new ApiProblem(
                    status,
                    code.isString() ? code.stringValue() : null,
                    body.path("detail").asString(body.path("title").asString("no detail")));
        } catch (JacksonException notJson) {
            return new ApiProblem(status, null, "not a problem document");
        }
    }
}
