package io.clearmarket.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.client.Description.Described;
import io.clearmarket.gateway.client.Description.Parameter;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the API by its name in the committed OpenAPI description, for a shop's server. What the description does not have is
 * refused before anything is sent. Whoever holds a key of their own signs commands with {@link MarketClient}, at the same address with the same token.
 */
public final class ApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Description description = Description.committed();
    private final URI gateway;
    private final @Nullable String token;
    private final Duration patience;

    /**
     * @param token a bearer token or API key; absent for what is public
     * @param patience how long an answer may take
     */
    public ApiClient(URI gateway, @Nullable String token, Duration patience) {
        this.gateway = gateway;
        this.token = token;
        this.patience = patience;
    }

    /**
     * Calls an operation without a body.
     *
     * @param operation its operationId
     * @param parameters of path, query and header, by name
     * @return the answer's JSON; null's node where there is none
     * @throws IllegalArgumentException if the description has no such operation or parameter, or requires another
     * @throws ApiProblem if it is refused
     */
    public JsonNode call(String operation, Map<String, String> parameters) {
        return send(operation, parameters, null);
    }

    /** The same with a body, written as JSON. */
    public JsonNode call(String operation, Map<String, String> parameters, Object body) {
        return send(operation, parameters, body);
    }

    private JsonNode send(String operation, Map<String, String> parameters, @Nullable Object body) {
        Described described = description
                .find(operation)
                .orElseThrow(() -> new IllegalArgumentException("the API has no operation \"" + operation + "\""));
        require(described, parameters, body);
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(target(described, parameters)))
                .timeout(patience)
                .header("Accept", "application/json, application/problem+json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (Parameter parameter : described.parameters()) {
            String value = parameters.get(parameter.name());
            if (value != null && parameter.place().equals("header")) {
                request.header(parameter.name(), value);
            }
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                described.method(),
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)));
        return answer(request.build());
    }

    private static void require(Described described, Map<String, String> parameters, @Nullable Object body) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        described.parameters().forEach(parameter -> unknown.remove(parameter.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(described.id() + " has no parameter " + unknown + "; it has "
                    + described.parameters().stream().map(Parameter::name).toList());
        }
        Set<String> missing = described.parameters().stream()
                .filter(parameter -> parameter.required() && !parameters.containsKey(parameter.name()))
                .map(Parameter::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(described.id() + " needs " + missing);
        }
        if (body != null && !described.takesBody()) {
            throw new IllegalArgumentException(described.id() + " takes no body");
        }
    }

    private static String target(Described described, Map<String, String> parameters) {
        String path = described.path();
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : described.parameters()) {
            String value = parameters.get(parameter.name());
            if (value == null) {
                continue;
            }
            String encoded = URLEncoder.encode(value, UTF_8).replace("+", "%20");
            if (parameter.place().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", encoded);
            } else if (parameter.place().equals("query")) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.name())
                        .append('=')
                        .append(encoded);
            }
        }
        return path + query;
    }

    private JsonNode answer(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 400) {
                throw problem(response);
            }
            return json(response.body());
        } catch (IOException e) {
            throw new ApiProblem(503, null, "the gateway at " + gateway + " can't be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the gateway", e);
        }
    }

    private static ApiProblem problem(HttpResponse<byte[]> response) {
        try {
            JsonNode body = json(response.body());
            JsonNode code = body.path("code");
            return new ApiProblem(
                    response.statusCode(),
                    code.isString() ? code.stringValue() : null,
                    body.path("detail").asString("no detail"));
        } catch (JacksonException notJson) {
            return new ApiProblem(response.statusCode(), null, "not a problem document");
        }
    }

    private static JsonNode json(byte[] body) {
        return body.length == 0 ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(body);
    }
}
