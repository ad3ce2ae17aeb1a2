package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.GatewayTestSystem.Person;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RegistryApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestMarket market = TestMarket.get();
    private final Person auditor = system.person("auditor");
    private final TestHttp http = system.http(system.token("auditor"));

    @Test
    void a_change_of_address_is_announced_waits_and_is_withdrawn() throws Exception {
        Secp256k1Key other = Secp256k1Key.generate();
        assertThat(market.config().version()).isEqualTo(1);
        Answer announced = http.post(
                "/api/v1/party-changes/address",
                Map.of(
                        "address",
                        other.address().toString(),
                        "addressSignature",
                        TestMarket.binding(other, auditor.party())));
        assertThat(announced.status()).as(announced.body().toString()).isEqualTo(200);
        assertThat(seen("change").path("address").asString())
                .isEqualTo(other.address().toString());
        assertThat(Instant.parse(seen("change").path("from").asString()))
                .isAfter(Instant.now().plus(Duration.ofDays(6)));
        Answer early = http.post("/api/v1/parties/" + auditor.party() + "/completed-changes", Map.of());
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.code()).isEqualTo("TOO_EARLY");
        assertThat(http.post("/api/v1/party-changes/withdrawals", Map.of()).status())
                .isEqualTo(200);
        assertThat(http.post("/api/v1/party-changes/withdrawals", Map.of()).code())
                .isEqualTo("NO_CHANGE");
    }

    @Test
    void another_key_must_be_registered_before_it_can_be_announced() {
        Answer unknown = http.post("/api/v1/party-changes/key", Map.of("successor", "ab".repeat(32)));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("UNKNOWN_PARTY");
    }

    /** Once the read model has it. */
    private JsonNode seen(String member) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Answer party = http.get("/api/v1/parties/" + auditor.party());
            if (party.body().has(member) || Instant.now().isAfter(end)) {
                return party.body().path(member);
            }
            Thread.sleep(50);
        }
    }
}
