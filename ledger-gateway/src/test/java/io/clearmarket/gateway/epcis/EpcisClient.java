package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A client of the EPCIS bindings of the gateway under test. */
public final class EpcisClient {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TestHttp http;

    private EpcisClient(TestHttp http) {
        this.http = http;
    }

    /** Somebody with a managed identity, in an open market. */
    public static EpcisClient of(String person) {
        TestMarket.get();
        GatewayTestSystem system = GatewayTestSystem.get();
        return new EpcisClient(system.http(system.token(person)));
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        var request = http.request(path).header("Content-Type", "application/ld+json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.POST(BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> get(String path, String... headers) {
        return call("GET", path, headers);
    }

    HttpResponse<String> call(String method, String path, String... headers) {
        var request = http.request(path).method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** Captures a document and waits for its job's end. */
    public JsonNode captured(String document, String behaviour) {
        HttpResponse<String> accepted = post("/epcis/capture", document, "GS1-Capture-Error-Behaviour", behaviour);
        if (accepted.statusCode() != 202) {
            throw new IllegalStateException(accepted.statusCode() + " " + accepted.body());
        }
        String location = accepted.headers().firstValue("Location").orElseThrow();
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            JsonNode job = json(get(location));
            if (!job.path("running").asBoolean()) {
                return job;
            }
            pause();
        }
        throw new IllegalStateException("the job did not end: " + location);
    }

    /** The events of an answer. */
    public static JsonNode events(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return json(answer)
                .path("epcisBody")
                .path("queryResults")
                .path("resultsBody")
                .path("eventList");
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
