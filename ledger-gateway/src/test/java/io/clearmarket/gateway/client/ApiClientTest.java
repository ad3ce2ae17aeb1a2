package io.clearmarket.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.Trade;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A shop's server that calls the API by the names in its description. */
class ApiClientTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final ApiClient shop = new ApiClient(system.address(), system.token("merchant"), Duration.ofSeconds(90));

    @Test
    void a_shops_server_reads_its_consignment_and_refunds_it_once() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        JsonNode consignment = shop.call("consignment", Map.of("id", trade.id().value()));
        long version = consignment.path("consignment").path("version").asLong();
        Map<String, String> named =
                Map.of("consignmentId", trade.id().value(), "Idempotency-Key", "refund-" + trade.id());
        Map<String, Object> all = Map.of("version", version, "part", Map.of("lines", List.of()));
        String first = shop.call("refund", named, all).path("transactionId").asString();
        assertThat(shop.call("refund", named, all).path("status").asString()).isEqualTo("committed");
        assertThat(first).hasSize(64);
        trade.goOnFrom(version + 1).seenBy("merchant");
        assertThat(shop.call("consignments", Map.of("state", "closed", "limit", "200"))
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("id").asString()))
                .contains(trade.id().value());
    }

    @Test
    void a_refusal_keeps_its_code() {
        assertThatExceptionOfType(ApiProblem.class)
                .isThrownBy(() -> shop.call("consignment", Map.of("id", "order-unheard-of.1")))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(404))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("NOT_FOUND"));
    }

    @Test
    void what_the_description_does_not_have_is_not_sent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.call("steal", Map.of()))
                .withMessageContaining("steal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.call("consignment", Map.of()))
                .withMessageContaining("needs [id]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.call("consignments", Map.of("colour", "red")))
                .withMessageContaining("colour")
                .withMessageContaining("dueBefore");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.call("market", Map.of(), Map.of()))
                .withMessageContaining("no body");
    }
}
