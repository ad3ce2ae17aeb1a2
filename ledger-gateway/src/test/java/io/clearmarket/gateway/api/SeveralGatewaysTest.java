package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/** Two organisations' gateways on one ledger, which share nothing but it. */
class SeveralGatewaysTest {
    private static final String NAME = "auditors-gateway";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final GatewayTestSystem SYSTEM = GatewayTestSystem.get();

    private static Trade trade;
    private static ServletWebServerApplicationContext second;

    @BeforeAll
    static void start() {
        trade = Trade.placed().fund().ship().deliver();
        second = SYSTEM.startAnother(NAME, Map.of("clearmarket.msp-id", "AuditMSP"));
    }

    @AfterAll
    static void stop() {
        second.close();
    }

    @Test
    void both_say_the_same_of_the_same_block() throws InterruptedException {
        String path = "/api/v1/consignments/" + trade.id();
        trade.seenBy("buyer");
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode here = here("buyer").get(path).body();
        JsonNode there = there("buyer").get(path).body();
        while (!here.equals(there) && Instant.now().isBefore(end)) {
            Thread.sleep(100);
            here = here("buyer").get(path).body();
            there = there("buyer").get(path).body();
        }
        assertThat(here.path("consignment").path("id").asString())
                .isEqualTo(trade.id().value());
        assertThat(here.path("asOf").path("block").isMissingNode()).isFalse();
        assertThat(there).isEqualTo(here);
    }

    @Test
    void a_command_repeated_through_the_other_takes_effect_once() {
        String key = "several-" + UUID.randomUUID();
        String path = "/api/v1/consignments/" + trade.id() + "/accept";
        Map<String, Object> body = Map.of("version", 4, "part", Map.of("amount", "1", "lines", List.of()));
        Answer first = here("buyer").post(path, body, key);
        Answer again = there("buyer").post(path, body, key);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        trade.goOnFrom(5);
        JsonNode now = trade.seenBy("buyer").path("consignment");
        assertThat(now.path("version").asLong()).isEqualTo(5);
        assertThat(now.path("money").path("gross").asString()).isEqualTo("1");
    }

    @Test
    void a_token_of_the_one_opens_nothing_at_the_other() {
        TestHttp foreign = GatewayTestSystem.http(second, SYSTEM.token("auditor"));
        assertThat(foreign.get("/api/v1/consignments/" + trade.id()).status()).isEqualTo(401);
    }

    private static TestHttp here(String name) {
        return SYSTEM.http(SYSTEM.token(name));
    }

    private static TestHttp there(String name) {
        GatewayTestSystem.Person person = SYSTEM.person(name);
        Caller caller = new Caller(name, Set.of(person.role()), person.party(), name);
        return GatewayTestSystem.http(second, SYSTEM.token(NAME, caller));
    }
}
