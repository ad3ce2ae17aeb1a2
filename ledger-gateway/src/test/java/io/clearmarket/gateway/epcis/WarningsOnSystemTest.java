package io.clearmarket.gateway.epcis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From captured events to warnings and a recall's scope, through HTTP and the embedded network. */
class WarningsOnSystemTest {
    private final EpcisClient merchant = EpcisClient.of("merchant");
    private final TestHttp carrier = http("carrier");
    private final String serial = UUID.randomUUID().toString().substring(0, 12);
    private final String item = "urn:epc:id:sgtin:0614141.107346." + serial;

    @Test
    void what_is_wrong_with_an_item_is_told_with_the_events_behind_it() {
        captured(event("commissioning", "active", 1).replace("OBSERVE", "ADD"));
        assertThat(warnings()).isEmpty();
        captured(event("retail_selling", "retail_sold", 2));
        captured(event("retail_selling", "retail_sold", 3));
        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path("kind").asString()).isEqualTo("SALE_AFTER_SALE");
            assertThat(warning.path("events")).hasSize(2);
        });
        captured(event("holding", "recalled", 4));
        assertThat(warnings())
                .extracting(warning -> warning.path("kind").asString())
                .containsExactlyInAnyOrder("SALE_AFTER_SALE", "RECALLED");
        TestHttp.Answer scope = carrier.get("/api/v1/provenance/recall?thing=" + item);
        assertThat(scope.status()).isEqualTo(200);
        assertThat(scope.body().path("items").asInt()).isEqualTo(1);
        assertThat(scope.body().path("recalls")).hasSize(1);
        assertThat(scope.body().path("affected").path(0).path("owner").asString())
                .isEqualTo(GatewayTestSystem.get().person("merchant").party().value());
    }

    @Test
    void of_an_item_that_nobody_knows_nothing_is_said() {
        assertThat(carrier.get("/api/v1/items/" + item + "/warnings").status()).isEqualTo(404);
        assertThat(http(null).get("/api/v1/items/" + item + "/warnings").status())
                .isEqualTo(401);
        assertThat(carrier.get("/api/v1/provenance/recall?limit=0&thing=" + item)
                        .status())
                .isEqualTo(400);
    }

    private void captured(String event) {
        JsonNode job = merchant.captured(InvalidDocuments.of(event), "rollback");
        assertThat(job.path("success").asBoolean()).as(job.toString()).isTrue();
    }

    private String event(String step, String disposition, int day) {
        return InvalidDocuments.sound(serial)
                .replace("2026-01-01", "2026-01-0" + day)
                .replace("\"receiving\"", "\"" + step + "\", \"disposition\": \"" + disposition + "\"");
    }

    private List<JsonNode> warnings() {
        TestHttp.Answer answer = carrier.get("/api/v1/items/" + item + "/warnings");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("warnings").valueStream().toList();
    }

    private static TestHttp http(@Nullable String person) {
        GatewayTestSystem system = GatewayTestSystem.get();
        return system.http(person == null ? null : system.token(person));
    }
}
