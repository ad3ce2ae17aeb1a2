package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.OpenIdProvider;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A gateway as in production: tokens come from an OpenID provider, and development's count for nothing. */
class ProductionTokensTest {
    private static final String AUDIENCE = "urn:clearmarket:test";
    private static final GatewayTestSystem SYSTEM = GatewayTestSystem.get();

    private static Path keys;
    private static Map<String, Map<String, Object>> callers;
    private static OpenIdProvider provider;
    private static ServletWebServerApplicationContext gateway;
    private static Trade trade;

    @BeforeAll
    static void start() {
        keys = SYSTEM.folder().resolve("provider-keys.json");
        callers = new HashMap<>();
        List.of("buyer", "merchant", "carrier", "auditor").forEach(name -> callers.put(name, claims(name)));
        Map<String, Object> greedy = new HashMap<>(claims("carrier"));
        greedy.put("managed", "merchant");
        callers.put("greedy", greedy);
        trade = Trade.placed();
        trade.seenBy("buyer");
        provider = OpenIdProvider.start(keys, callers);
        Map<String, String> settings = new HashMap<>(production());
        settings.put("spring.security.oauth2.resourceserver.jwt.audiences", AUDIENCE);
        settings.put("clearmarket.cors.origins", "https://shop.example");
        gateway = SYSTEM.startAnother("production-gateway", settings);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void only_the_pages_of_origins_that_are_named_may_call_the_api() throws Exception {
        HttpResponse<Void> preflight = preflight("https://shop.example");
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://shop.example");
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-credentials");
        HttpResponse<Void> other = preflight("https://other.example");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    private static HttpResponse<Void> preflight(String origin) throws Exception {
        HttpRequest request = GatewayTestSystem.http(gateway, null)
                .request("/api/v1/orders")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,idempotency-key")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    private static Map<String, Object> claims(String name) {
        GatewayTestSystem.Person person = SYSTEM.person(name);
        return Map.of(
                "roles",
                List.of(person.role().name().toLowerCase(Locale.ROOT)),
                "party",
                person.party().value(),
                "managed",
                name);
    }

    private static Map<String, String> production() {
        return Map.of(
                "clearmarket.development",
                "false",
                "clearmarket.reader-msp",
                SYSTEM.network()
                        .userDirectory("PlatformMSP", "operator-PlatformMSP")
                        .toString(),
                "clearmarket.proof.log-key",
                logKey("log").toString(),
                "clearmarket.proof.witnesses[0].msp-id",
                "AuditMSP",
                "clearmarket.proof.witnesses[0].key",
                logKey("witness").toString(),
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                provider.address().toString());
    }

    /** A key as an operator provides it: in production none is made. */
    private static Path logKey(String name) {
        Path file = SYSTEM.folder().resolve("production-" + name + ".key");
        PrivateFiles.write(file, HexFormat.of().formatHex(Ed25519Key.generate().seed()));
        return file;
    }

    private static TestHttp as(String caller) {
        return GatewayTestSystem.http(gateway, provider.token(caller, AUDIENCE));
    }

    private static Answer consignment(TestHttp caller) {
        return caller.get("/api/v1/consignments/" + trade.id());
    }

    @Test
    void a_party_sees_its_own_business_and_an_auditor_all_of_it() throws InterruptedException {
        awaitReadModel();

        assertThat(consignment(as("buyer")).status()).isEqualTo(200);
        assertThat(consignment(as("merchant")).status()).isEqualTo(200);
        assertThat(consignment(as("auditor")).status()).isEqualTo(200);
        assertThat(consignment(as("carrier")).status()).isEqualTo(404);
    }

    @Test
    void what_a_role_does_not_allow_is_refused() {
        assertThat(as("buyer").get("/api/v1/audit/conservation").status()).isEqualTo(403);
        assertThat(as("auditor").get("/api/v1/audit/conservation").status()).isEqualTo(200);
        assertThat(as("merchant").get("/actuator/metrics").status()).isEqualTo(403);
        assertThat(as("auditor").get("/actuator/metrics").status()).isEqualTo(200);
    }

    @Test
    void a_caller_acts_as_their_own_party_and_as_no_other() {
        String cancel = "/api/v1/consignments/" + trade.id() + "/cancel";

        Answer stranger = as("carrier").post(cancel, Map.of("version", 1));
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.code()).isEqualTo("WRONG_PARTY");
        Answer greedy = as("greedy").post(cancel, Map.of("version", 1));
        assertThat(greedy.status()).isEqualTo(403);
        assertThat(greedy.code()).isEqualTo("NOT_YOURS");
        Trade own = Trade.placed();
        assertThat(as("buyer")
                        .post("/api/v1/consignments/" + own.id() + "/cancel", Map.of("version", 1))
                        .text("status"))
                .isEqualTo("committed");
    }

    @Test
    void a_token_for_somebody_else_is_refused() {
        assertRefused(provider.token("buyer", "urn:another:shop"));
    }

    @Test
    void an_expired_token_is_refused() {
        try (OpenIdProvider twoHoursAgo =
                OpenIdProvider.start(keys, callers, provider.address(), Duration.ofHours(2))) {
            assertRefused(twoHoursAgo.token("buyer", AUDIENCE));
        }
        try (OpenIdProvider now = OpenIdProvider.start(keys, callers, provider.address(), Duration.ZERO)) {
            assertThat(GatewayTestSystem.http(gateway, now.token("buyer", AUDIENCE))
                            .get("/api/v1/consignments")
                            .status())
                    .as("but for its age it would do")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_foreign_issuers_token_is_refused_whatever_name_it_uses() {
        Path foreignKeys = SYSTEM.folder().resolve("foreign-keys.json");
        try (OpenIdProvider foreign = OpenIdProvider.start(foreignKeys, callers);
                OpenIdProvider impostor =
                        OpenIdProvider.start(foreignKeys, callers, provider.address(), Duration.ZERO)) {
            assertRefused(foreign.token("buyer", AUDIENCE));
            assertRefused(impostor.token("buyer", AUDIENCE));
        }
    }

    @Test
    void a_development_token_is_refused() {
        assertRefused(SYSTEM.token("buyer"));
    }

    @Test
    void a_gateway_that_would_take_tokens_meant_for_others_does_not_start() {
        assertThatThrownBy(() -> SYSTEM.startAnother("careless-gateway", production()))
                .hasStackTraceContaining("spring.security.oauth2.resourceserver.jwt.audiences");
    }

    private static void assertRefused(String token) {
        Answer answer = GatewayTestSystem.http(gateway, token).get("/api/v1/consignments");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("NOT_AUTHENTICATED");
    }

    /** The new gateway reads the whole ledger first. */
    private static void awaitReadModel() throws InterruptedException {
        for (int i = 0; i < 1200 && consignment(as("buyer")).status() == 404; i++) {
            Thread.sleep(100);
        }
    }
}
