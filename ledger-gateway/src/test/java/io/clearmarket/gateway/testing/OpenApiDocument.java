package io.clearmarket.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API's description as it is committed, from which clients are generated. Rewritten by
 * {@code mvn -pl ledger-gateway -am -Dtest=SettlementTest -Dsurefire.failIfNoSpecifiedTests=false -Dclearmarket.openapi.write=true verify}.
 */
public final class OpenApiDocument {
    private static final Path FILE =
            Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "openapi.json");
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private OpenApiDocument() {}

    /** Fails if the gateway no longer serves an operation that is committed. */
    public static void requireCommitted(TestHttp http) throws IOException {
        JsonNode served = http.get("/v3/api-docs").body();
        if (Boolean.getBoolean("clearmarket.openapi.write")) {
            String text = SORTED.writeValueAsString(Json.MAPPER.treeToValue(served, Object.class)) + "\n";
            Files.writeString(FILE, text);
        }
        assertThat(operations(served))
                .as("openapi.json is not what the gateway serves; -Dclearmarket.openapi.write=true rewrites it")
                .containsAll(operations(Json.MAPPER.readTree(Files.readString(FILE))))
                .hasSizeGreaterThan(100);
    }

    private static Set<String> operations(JsonNode description) {
        Set<String> operations = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method + " " + path.getKey())));
        return operations;
    }
}
