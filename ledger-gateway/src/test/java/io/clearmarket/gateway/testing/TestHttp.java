package io.clearmarket.gateway.testing;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Plain HTTP requests to the gateway under test. */
public final class TestHttp {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI address;
    private final @Nullable String token;

    /** Requests with a bearer token, or without. */
    public TestHttp(URI address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param body JSON; a missing node where there is none
     */
    public record Answer(int status, String contentType, JsonNode body) {
        /** The problem's code. */
        public String code() {
            return body.path("code").asString("");
        }

        /** A text member. */
        public String text(String member) {
            return body.path(member).asString("");
        }
    }

    /** GET. */
    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    /** GET of something that is not JSON; it must be there. */
    public String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(path).GET().build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** POST of a value as JSON, with a new Idempotency-Key. */
    public Answer post(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    /** POST of a value as JSON. */
    public Answer post(String path, Object body, String idempotencyKey) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(
                        body instanceof String text ? text : Json.MAPPER.writeValueAsString(body)))
                .build());
    }

    /** PUT of a value as JSON. */
    public Answer put(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
                .build());
    }

    /** DELETE. */
    public Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** A request to build on. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address.resolve(path));
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    /** Sends a request. */
    public static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = type.contains("json") ? Json.MAPPER.readTree(response.body()) : Json.MAPPER.missingNode();
            return new Answer(response.statusCode(), type, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
