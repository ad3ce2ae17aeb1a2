package io.clearmarket.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.client.Description.Described;
import io.clearmarket.gateway.client.Description.Parameter;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the API by its name in the committed OpenAPI description, for a shop's server. What the description does not have is
 * refused before anything is sent. Whoever holds a key of their own signs commands with {@link MarketClient}, at the same address with the same token.
 */
public final class ApiClient {
    private final Http http;
    private final Description description = Description.committed();
    private final @Nullable String token;

    /**
     * @param token a bearer token or API key; absent for what is public
     * @param patience how long an answer may take
     */
    public ApiClient(URI gateway, @Nullable String token, Duration patience) {
        // once: whether to repeat a call is for its caller to say, who knows its Idempotency-Key
        this.http = new Http(gateway, Duration.ZERO, patience);
        this.token = token;
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
        Map<String, String> headers = new HashMap<>();
        for (Parameter parameter : described.parameters()) {
            String value = parameters.get(parameter.name());
            if (value != null && parameter.place().equals("header")) {
                headers.put(parameter.name(), value);
            }
        }
        return http.call(described.method(), target(described, parameters), token, body, headers);
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
}
