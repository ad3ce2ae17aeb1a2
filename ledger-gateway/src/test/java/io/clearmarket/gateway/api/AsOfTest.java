package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every answer that is read from the ledger says at which block it is true. */
class AsOfTest {
    /** Paths by the beginning, and why their answers need no block. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("/.well-known/", "says where things are"),
            Map.entry("/api/v1/access-keys", "the gateway's own"),
            Map.entry("/api/v1/batches/", "tells of transactions, each with its block"),
            Map.entry("/api/v1/checkouts", "the gateway's own"),
            Map.entry("/api/v1/commands/", "tells of a transaction, with its block"),
            Map.entry(
                    "/api/v1/deposits", "of the settlement chain: a transaction of the gateway's own, or what to sign"),
            Map.entry("/api/v1/device-batches/", "a proof, with the root's own position"),
            Map.entry("/api/v1/documents/", "by their hash"),
            Map.entry("/api/v1/erasures", "the gateway's own, signed"),
            Map.entry("/api/v1/events", "each event has its block"),
            Map.entry("/api/v1/private-fields", "the gateway's own"),
            Map.entry("/api/v1/proofs", "a proof, with the log's own position"),
            Map.entry("/api/v1/settlement", "the gateway's own"),
            Map.entry("/api/v1/solvency", "at a block of each ledger"),
            Map.entry("/api/v1/transfers/", "the gateway's own"),
            Map.entry("/api/v1/webhooks", "the gateway's own"),
            Map.entry("/epcis", "GS1's own forms"),
            Map.entry("/log/", "the log's own position"),
            Map.entry("/{key}/", "says where things are"));

    private final JsonNode description;

    AsOfTest() throws IOException {
        Path file = Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "openapi.json");
        description = Json.MAPPER.readTree(Files.readString(file));
    }

    @Test
    void an_answer_of_the_ledger_says_at_which_block_it_is_true() {
        List<String> without = new ArrayList<>();
        Set<String> needed = new HashSet<>();
        description.path("paths").properties().forEach(path -> {
            JsonNode schema = path.getValue().at("/get/responses/200/content/application~1json/schema");
            if (schema.isMissingNode() || hasBlock(schema, new HashSet<>())) {
                return;
            }
            OTHERWISE.keySet().stream()
                    .filter(path.getKey()::startsWith)
                    .findFirst()
                    .ifPresentOrElse(needed::add, () -> without.add(path.getKey()));
        });
        assertThat(without).isEmpty();
        assertThat(needed).as("exceptions that are still needed").hasSizeGreaterThan(10);
    }

    private boolean hasBlock(JsonNode schema, Set<String> seen) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return seen.add(reference) && hasBlock(description.at(reference.substring(1)), seen);
        }
        if (schema.path("properties").has("asOf")) {
            return true;
        }
        return List.of("allOf", "oneOf", "anyOf").stream()
                .flatMap(each -> schema.path(each).valueStream())
                .anyMatch(each -> hasBlock(each, seen));
    }
}
