package io.clearmarket.gateway.client;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** JSON over HTTP with the gateway's conventions; waits out a gateway that is restarting. */
final class Http {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient client;
    private final URI base;
    private final Duration patience;

    /** @param patience how long to go on trying while the gateway can't be reached or is overloaded */
    Http(URI base, Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.base = base;
        this.patience = patience;
    }

    JsonNode get(String path, @Nullable String token) {
        return json(send(request(path, token).GET().build()));
    }

    JsonNode post(String path, @Nullable String token, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)));
        headers.forEach(request::header);
        return json(send(request.build()));
    }

    void put(String path, @Nullable String token, String contentType, byte[] body) {
        send(request(path, token)
                .header("Content-Type", contentType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json, application/problem+json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest request) {
        Instant until = Instant.now().plus(patience);
        while (true) {
            try {
                HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() < 400) {
                    return response.body();
                }
                ApiProblem problem = problem(response);
                if (!problem.isTransient() || Instant.now().isAfter(until)) {
                    throw problem;
                }
            } catch (IOException unreachable) {
                if (Instant.now().isAfter(until)) {
                    throw new ApiProblem(503, null, "the gateway at " + base + " can't be reached: " + unreachable);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking the gateway", e);
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

    private static ApiProblem problem(HttpResponse<byte[]> response) {
        try {
            JsonNode body = json(response.body());
            JsonNode code = body.path("code");
            return new ApiProblem(
                    response.statusCode(),
                    code.isString() ? code.stringValue() : null,
                    body.path("detail").asString(body.path("title").asString("no detail")));
        } catch (JacksonException notJson) {
            return new ApiProblem(response.statusCode(), null, "not a problem document");
        }
    }
}
