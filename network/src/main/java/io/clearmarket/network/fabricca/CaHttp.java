package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.identity.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to a Fabric CA, and its envelope around every answer: success, result, errors. */
final class CaHttp {
    private static final String PREFIX = "/api/v1/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI server;
    private final HttpClient client;

    private CaHttp(URI server, HttpClient client) {
        this.server = server;
        this.client = client;
    }

    static CaHttp to(URI server, X509Certificate tlsRoot) {
        return new CaHttp(
                server,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .sslContext(TlsTrust.context(tlsRoot))
                        .build());
    }

    /** Makes the {@code Authorization} header's value from what is about to be sent; empty for none. */
    interface Authorization {
        String of(String method, String uri, byte[] body);
    }

    /** The answer's {@code result}; {@link CaException} for a refusal. */
    JsonNode post(String path, Map<String, Object> content, Authorization authorization) {
        byte[] body = JSON.writeValueAsBytes(content);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(PREFIX + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        String authorized = authorization.of("POST", PREFIX + path, body);
        if (!authorized.isEmpty()) {
            request.header("Authorization", authorized);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return result(path, response);
        } catch (IOException e) {
            throw new CaException("the CA at " + server + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaException("interrupted while asking the CA at " + server, e);
        }
    }

    private JsonNode result(String path, HttpResponse<byte[]> response) {
        String said = new String(response.body(), UTF_8).strip();
        JsonNode answer;
        try {
            answer = JSON.readTree(said);
        } catch (JacksonException e) {
            throw new CaException(
                    "the CA at " + server + " answers " + path + " with " + response.statusCode() + " " + said, e);
        }
        if (!answer.path("success").asBoolean(false)) {
            JsonNode error = answer.path("errors").path(0);
            int code = error.path("code").asInt(0);
            throw new CaException(
                    "the CA at " + server + " refuses " + path + ": " + code + " "
                            + error.path("message").asString(said),
                    code);
        }
        return answer.path("result");
    }
}
