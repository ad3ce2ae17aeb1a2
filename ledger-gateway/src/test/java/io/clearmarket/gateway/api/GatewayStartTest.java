package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import org.junit.jupiter.api.Test;

class GatewayStartTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();

    @Test
    void health_and_the_market_are_public() {
        TestHttp anybody = system.http(null);
        assertThat(anybody.get("/actuator/health").text("status")).isEqualTo("UP");
        assertThat(anybody.get("/api/v1/market").text("ledger")).isEqualTo(GatewayTestSystem.LEDGER);
        assertThat(anybody.get("/v3/api-docs").text("openapi")).startsWith("3.");
    }

    @Test
    void all_else_needs_a_token() {
        TestHttp.Answer answer = system.http(null).get("/api/v1/commands/abc");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(system.http("nonsense").get("/api/v1/commands/abc").status()).isEqualTo(401);
    }

    @Test
    void metrics_are_for_operators_and_auditors() {
        assertThat(system.http(system.token("buyer")).get("/actuator/metrics").status())
                .isEqualTo(403);
        assertThat(system.http(system.token("operator-PlatformMSP"))
                        .get("/actuator/metrics")
                        .status())
                .isEqualTo(200);
    }
}
