package io.clearmarket.gateway.client;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The operations of the API, as its committed description has them. */
final class Description {
    private static final String RESOURCE = "/client/openapi.json";

    private final Map<String, Described> operations;

    private Description(Map<String, Described> operations) {
        this.operations = Map.copyOf(operations);
    }

    /**
     * An operation.
     *
     * @param path with names in braces
     * @param takesBody true if a body in JSON belongs to it
     */
    record Described(String id, String method, String path, List<Parameter> parameters, boolean takesBody) {
        Described {
            parameters = List.copyOf(parameters);
        }
    }

    /** @param place path, query or header */
    record Parameter(String name, String place, boolean required) {}

    /** The description that this client was built with. */
    static Description committed() {
        try (InputStream file = Description.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return of(Json.MAPPER.readTree(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    static Description of(JsonNode openApi) {
        Map<String, Described> operations = new HashMap<>();
        openApi.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    String id = operation.path("operationId").asString();
                    List<Parameter> parameters = new ArrayList<>();
                    operation.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
                    operations.put(
                            id,
                            new Described(
                                    id,
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    parameters,
                                    operation.has("requestBody")));
                }));
        return new Description(operations);
    }

    /** The operation of this name. */
    Optional<Described> find(String operationId) {
        return Optional.ofNullable(operations.get(operationId));
    }

    private static Parameter parameter(JsonNode parameter) {
        return new Parameter(
                parameter.path("name").asString(),
                parameter.path("in").asString(),
                parameter.path("required").asBoolean(false));
    }
}
