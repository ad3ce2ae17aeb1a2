package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.webhooks.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Posts signed messages to a developer's own server. */
final class Forwarding {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI to;
    private final String secret;

    Forwarding(URI to, String secret) {
        this.to = to;
        this.secret = secret;
    }

    /** What the server answered: a status, or why there was none. */
    record Result(boolean delivered, String said) {}

    Result send(Message message) {
        HttpRequest request = message.request(to, List.of(secret), Instant.now(), TIMEOUT);
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return new Result(status / 100 == 2, Integer.toString(status));
        } catch (IOException e) {
            return new Result(false, "no answer from " + to + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(false, "interrupted");
        }
    }
}
