package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.OpenIdProvider;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.network.FreePorts;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

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
        // the provider is told where people come back to before the gateway is there
        int port = FreePorts.one();
        OpenIdProvider.Site site = new OpenIdProvider.Site(
                "market-pages",
                "a secret of the pages",
                "http://localhost:" + port + "/login/oauth2/code/provider",
                Map.of(
                        "merchant",
                        claims("merchant"),
                        "partyless",
                        Map.of("market", roles("buyer")),
                        "nobody",
                        Map.of()));
        provider = OpenIdProvider.start(keys, callers, site);
        Map<String, String> settings = new HashMap<>(production());
        settings.put("spring.security.oauth2.resourceserver.jwt.audiences", AUDIENCE);
        settings.put("clearmarket.cors.origins", "https://shop.example");
        settings.put("spring.datasource.hikari.connection-timeout", "8000");
        settings.put("server.port", Integer.toString(port));
        settings.put("clearmarket.sign-in.client-id", site.clientId());
        settings.put(
                "clearmarket.sign-in.client-secret-file", clientSecret(site).toString());
        settings.put("clearmarket.sign-in.scopes", "openid,market");
        settings.put("clearmarket.claims.roles", "market.roles");
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

    @Test
    void while_the_database_does_not_answer_callers_are_asked_to_come_again() throws Exception {
        HikariDataSource pool = gateway.getBean(HikariDataSource.class);
        List<Connection> taken = new ArrayList<>();
        TestHttp auditor = as("auditor");
        assertThat(auditor.get("/api/v1/consignments").status()).isEqualTo(200);
        try {
            while (taken.size() < pool.getMaximumPoolSize()) {
                try {
                    taken.add(pool.getConnection());
                } catch (SQLTransientConnectionException othersHoldOne) {
                    // they give it back soon
                }
            }
            Answer away = auditor.get("/api/v1/consignments");
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.code()).isEqualTo("DATABASE_UNAVAILABLE");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertThat(auditor.get("/api/v1/consignments").status()).isEqualTo(200);
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
                "market",
                roles(person.role().name().toLowerCase(Locale.ROOT)),
                "party",
                person.party().value(),
                "managed",
                name);
    }

    /** As a provider has them that serves other applications too. */
    private static Map<String, Object> roles(String role) {
        return Map.of("roles", List.of(role, "offline_access"));
    }

    private static Path clientSecret(OpenIdProvider.Site site) {
        Path file = SYSTEM.folder().resolve("client-secret");
        PrivateFiles.write(file, site.secret());
        return file;
    }

    private static Map<String, String> production() {
        return Map.of(
                "clearmarket.development",
                "false",
                "clearmarket.reader-msp",
                SYSTEM.userDirectory("PlatformMSP", "operator-PlatformMSP").toString(),
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
        awaitReadModel(trade);

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
        assertRefused(provider.token("buyer", "urn:another:shop"), "aud claim");
    }

    @Test
    void an_expired_token_is_refused() {
        try (OpenIdProvider twoHoursAgo =
                OpenIdProvider.start(keys, callers, provider.address(), Duration.ofHours(2))) {
            assertRefused(twoHoursAgo.token("buyer", AUDIENCE), "expired");
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
        try (OpenIdProvider sibling = OpenIdProvider.start(keys, callers);
                OpenIdProvider foreign = OpenIdProvider.start(foreignKeys, callers);
                OpenIdProvider impostor =
                        OpenIdProvider.start(foreignKeys, callers, provider.address(), Duration.ZERO)) {
            assertRefused(sibling.token("buyer", AUDIENCE), "iss claim");
            assertRefused(foreign.token("buyer", AUDIENCE), "signature");
            assertRefused(impostor.token("buyer", AUDIENCE), "signature");
        }
    }

    @Test
    void a_development_token_is_refused() {
        assertRefused(SYSTEM.token("buyer"), "signature");
    }

    @Test
    void a_token_that_nobody_signed_is_refused() {
        String[] parts = provider.token("buyer", AUDIENCE).split("\\.", -1);
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        assertRefused(none + "." + parts[1] + ".", "Unsupported algorithm of none");
        assertRefused(parts[0] + "." + parts[1] + ".", "Malformed token");
    }

    @Test
    void a_gateway_that_would_take_tokens_meant_for_others_does_not_start() {
        assertThatThrownBy(() -> SYSTEM.startAnother("careless-gateway", production()))
                .hasStackTraceContaining("spring.security.oauth2.resourceserver.jwt.audiences");
    }

    @Test
    void people_sign_in_at_the_provider_act_and_sign_out_with_a_browser() throws Exception {
        Trade own = Trade.placed();
        awaitReadModel(own);
        JsonNode merchant = trips(
                        List.of(Map.of("name", "merchant", "act", "/merchant/consignments/" + own.id() + "/cancel")))
                .getFirst();
        assertThat(merchant.path("before").asString()).contains("Please sign in first");
        assertThat(merchant.path("provider").asString())
                .as("of another site than the gateway's pages")
                .isEqualTo(provider.address().toString());
        JsonNode asked = merchant.path("asked");
        assertThat(asked.path("response_type").asString()).isEqualTo("code");
        assertThat(asked.path("code_challenge_method").asString()).isEqualTo("S256");
        assertThat(asked.propertyNames()).contains("code_challenge", "state", "nonce");
        assertThat(merchant.path("landed").path("path").asString()).isEqualTo("/merchant");
        assertThat(merchant.path("landed").path("text").asString())
                .as("the cookie comes along from the provider's site")
                .doesNotContain("Please sign in first");
        assertThat(merchant.path("acted").asString()).contains("It is on the ledger: Call off");
        assertThat(own.goOnFrom(2)
                        .seenBy("merchant")
                        .path("consignment")
                        .path("closed")
                        .asBoolean())
                .isTrue();
        assertThat(merchant.path("cookies")).anySatisfy(cookie -> {
            assertThat(cookie.path("name").asString()).isEqualTo("clearmarket_token");
            assertThat(cookie.path("value").asString()).startsWith("cmk_");
            assertThat(cookie.path("httpOnly").asBoolean()).isTrue();
            assertThat(cookie.path("sameSite").asString()).isEqualTo("Lax");
            assertThat(cookie.path("domain").asString())
                    .as("of this host alone")
                    .isEqualTo("localhost");
        });
        assertThat(merchant.path("out").path("text").asString())
                .contains("You are signed out here", "Sign out at your provider too");
        assertThat(merchant.path("out").path("cookies").toString()).doesNotContain("clearmarket_token");
        assertThat(merchant.path("after").asString()).as("with the old cookie").contains("Please sign in first");
        assertRefused(merchant.path("token").asString(), "unknown, taken back");
    }

    @Test
    void who_signs_out_at_the_provider_is_signed_out_here() throws Exception {
        JsonNode merchant =
                trips(List.of(Map.of("name", "merchant", "end", true))).getFirst();
        assertThat(merchant.path("landed").path("path").asString()).isEqualTo("/merchant");
        assertThat(merchant.path("ended").asString()).contains("Please sign in first");
        assertRefused(merchant.path("token").asString(), "unknown, taken back");
    }

    @Test
    void only_a_logout_token_signs_anybody_out() throws Exception {
        for (String token : List.of("", "a.b.c", provider.token("merchant", AUDIENCE), SYSTEM.token("merchant"))) {
            HttpRequest told = GatewayTestSystem.http(gateway, null)
                    .request("/logout/back-channel")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(told, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(token).isEqualTo(400);
            assertThat(answer.body()).as(token).contains("invalid_request");
        }
    }

    @Test
    void who_signs_in_without_a_role_or_a_party_is_told_so_plainly() throws Exception {
        List<JsonNode> seen = trips(List.of(Map.of("name", "nobody"), Map.of("name", "partyless")));
        assertThat(seen).allSatisfy(ProductionTokensTest::assertReadable).allSatisfy(person -> {
            assertThat(person.path("landed").path("path").asString()).isEqualTo("/signed-in");
            assertThat(person.path("landed").path("text").asString())
                    .contains("nothing here yet", person.path("name").asString());
        });
        assertThat(seen.get(0).path("landed").path("text").asString()).contains("no role of yours");
        assertThat(seen.get(1).path("landed").path("text").asString()).contains("no registered party", "buyer");
    }

    @Test
    void a_sign_in_that_this_browser_has_not_begun_is_refused() throws Exception {
        HttpRequest forged = GatewayTestSystem.http(gateway, null)
                .request("/login/oauth2/code/provider?code=stolen&state=guessed")
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(forged, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login?failed"));
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("clearmarket_token"));
    }

    /** Both pages, on a phone's screen. */
    private static void assertReadable(JsonNode person) {
        for (String page : List.of("landed", "out")) {
            assertThat(person.path(page).path("violations")).as(page).isEmpty();
            assertThat(person.path(page).path("overflow").asInt()).as(page).isLessThanOrEqualTo(0);
        }
    }

    private static List<JsonNode> trips(List<Map<String, Object>> people) throws Exception {
        Browser browser = Browser.open();
        String base = "http://localhost:" + gateway.getEnvironment().getProperty("local.server.port");
        return browser.run("signin.mjs", Map.of("base", base, "chromium", browser.chromium(), "people", people));
    }

    private static void assertRefused(String token, String because) {
        Answer answer = GatewayTestSystem.http(gateway, token).get("/api/v1/consignments");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(answer.text("detail")).contains(because);
    }

    /** The new gateway reads the whole ledger first. */
    private static void awaitReadModel(Trade known) throws InterruptedException {
        TestHttp buyer = as("buyer");
        for (int i = 0;
                i < 1200 && buyer.get("/api/v1/consignments/" + known.id()).status() == 404;
                i++) {
            Thread.sleep(100);
        }
    }
}
