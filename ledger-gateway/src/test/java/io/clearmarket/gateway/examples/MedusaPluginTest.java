package io.clearmarket.gateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What the Medusa plug-in's providers do, on a running market: everything but Medusa itself, which is too large for each run. {@code
 * MedusaShopTest} has the whole server.
 */
@Timeout(240)
class MedusaPluginTest {
    private static final Path PLUGIN = Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "medusa")
            .toAbsolutePath()
            .normalize();

    private static final String TOTAL = "1250";
    private static final AtomicLong SESSIONS = new AtomicLong(System.currentTimeMillis());

    @TempDir
    static Path folder;

    private static GatewayTestSystem system;
    private static @Nullable Bridge bridge;

    @BeforeAll
    static void open() throws Exception {
        TestMarket.get();
        system = GatewayTestSystem.get();
        compile();
        Bridge opened = Bridge.open(PLUGIN);
        bridge = opened;
        Map<String, Object> market = Map.of("url", system.address().toString(), "accessKey", system.token("merchant"));
        Map<String, Object> payment = Map.of(
                "rates", Map.of("EUR", "1.0000"),
                "assetDigits", 2,
                "arbiters", List.of(system.person("arbiter").party()),
                "webhookSecrets", List.of(MedusaVectors.SECRET));
        opened.done(
                "open",
                Map.of(
                        "payment",
                        merged(market, payment),
                        "ship",
                        merged(market, Map.of("readPoint", "geo:52.5,13.4"))));
    }

    @AfterAll
    static void close() {
        if (bridge != null) {
            bridge.close();
        }
    }

    @Test
    void amounts_conversions_carts_and_webhooks_are_exact() throws Exception {
        Terms terms = Trade.placed().terms();
        Path vectors = Files.writeString(
                folder.resolve("vectors.json"), Json.MAPPER.writeValueAsString(MedusaVectors.json(terms)));
        ProcessBuilder builder = new ProcessBuilder("node", "--test", "test/lib.test.mjs");
        builder.environment().put("CLEARMARKET_VECTORS", vectors.toString());
        run(builder);
    }

    @Test
    void a_session_is_authorized_once_the_escrow_holds_its_money_and_not_before() {
        JsonNode data = initiate(session());
        assertThat(look(data).path("status").asString()).isEqualTo("requires_more");
        assertThat(bridge().refusal("capture", Map.of("data", data))).contains("holds nothing");
        Trade trade = placed(data);
        assertThat(look(data).path("status").asString()).isEqualTo("requires_more");
        trade.fund();
        trade.seenBy("merchant");
        JsonNode held = look(data);
        assertThat(held.path("status").asString()).isEqualTo("authorized");
        assertThat(held.path("data").path("escrow").path("held").asString()).isEqualTo(TOTAL);
        JsonNode captured = bridge().done("capture", Map.of("data", data));
        assertThat(captured.path("escrow").path("decided_to_merchant").asString())
                .as("a capture moves nothing")
                .isEqualTo("0");
    }

    @Test
    void a_refund_is_done_once_however_often_it_is_asked_for() {
        JsonNode data = initiate(session());
        Trade trade = placed(data).fund();
        trade.seenBy("merchant");
        Map<String, Object> refund = Map.of(
                "data",
                data,
                "amount",
                "3",
                "key",
                "ref_" + data.path("consignment_id").asString());
        for (int i = 0; i < 3; i++) {
            JsonNode refunded = bridge().done("refund", refund);
            trade.goOnFrom(3).seenBy("merchant");
            assertThat(refunded.isObject()).isTrue();
        }
        bridge().done(
                        "refund",
                        merged(
                                refund,
                                Map.of(
                                        "amount",
                                        "2",
                                        "key",
                                        "ref_other_"
                                                + data.path("consignment_id").asString())));
        JsonNode money =
                trade.goOnFrom(4).seenBy("merchant").path("consignment").path("money");
        assertThat(money.path("buyer").asString()).isEqualTo("500");
        assertThat(money.path("held").asString()).isEqualTo("750");
        assertThat(bridge().refusal(
                                "refund",
                                merged(
                                        refund,
                                        Map.of(
                                                "amount",
                                                "7.51",
                                                "key",
                                                "ref_more_"
                                                        + data.path("consignment_id")
                                                                .asString()))))
                .as("more than is held")
                .contains("750");
    }

    @Test
    void what_was_not_shipped_is_cancelled_and_what_was_is_not() {
        JsonNode data = initiate(session());
        assertThat(bridge().done("cancel", Map.of("data", data)).path("checkout_id"))
                .isEqualTo(data.path("checkout_id"));
        Trade trade = placed(data).fund();
        trade.seenBy("merchant");
        bridge().done("cancel", Map.of("data", data));
        bridge().done("cancel", Map.of("data", data));
        JsonNode cancelled = trade.goOnFrom(3).seenBy("merchant").path("consignment");
        assertThat(cancelled.path("closed").asBoolean()).isTrue();
        assertThat(cancelled.path("money").path("buyer").asString()).isEqualTo(TOTAL);
        assertThat(look(data).path("status").asString()).isEqualTo("canceled");
    }

    @Test
    void a_consignment_is_shipped_whole_with_its_items_once() {
        JsonNode data = initiate(session());
        Map<String, Object> ship = Map.of(
                "data", data,
                "carrier", system.person("carrier").party(),
                "pieces", List.of(Map.of("variant_id", "v1", "quantity", 2), Map.of("variant_id", "v2", "quantity", 1)),
                "serials", Map.of("v2", List.of("A-" + SESSIONS.get())),
                "at", "2026-11-27T08:00:00Z");
        assertThat(bridge().refusal("ship", ship)).contains("holds nothing yet");
        Trade trade = placed(data).fund();
        trade.seenBy("merchant");
        List<Map<String, Object>> some = List.of(Map.of("variant_id", "v1", "quantity", 2));
        assertThat(bridge().refusal("ship", merged(ship, Map.of("pieces", some))))
                .contains("shipped whole");
        JsonNode shipped = bridge().done("ship", ship);
        JsonNode seen = trade.goOnFrom(3).seenBy("merchant").path("consignment");
        assertThat(seen.path("goods").asString()).isEqualTo("SHIPPED");
        assertThat(seen.path("items")).isEqualTo(shipped.path("items"));
        assertThat(seen.path("items").path(0).path("epcs")).hasSize(2);
        assertThat(shipped.path("pages").path(2).asString())
                .startsWith(system.address() + "/01/")
                .contains("/21/A-");
        assertThat(bridge().done("ship", ship)).isEqualTo(shipped);
        assertThat(bridge().refusal("cancel", Map.of("data", data))).contains("refund what is held");
        assertThat(look(data).path("status").asString()).isEqualTo("authorized");
    }

    @Test
    void a_webhook_leads_to_what_the_ledger_says_and_not_to_what_it_says_itself() {
        JsonNode data = initiate(session());
        Trade trade = placed(data);
        trade.seenBy("merchant");
        Map<String, Object> funded = MedusaVectors.request("consignment.funded", trade.id());
        assertThat(bridge().done("heard", funded).path("status").asString())
                .as("signed, and too early")
                .isEqualTo("requires_more");
        trade.fund().seenBy("merchant");
        JsonNode heard = bridge().done("heard", funded);
        assertThat(heard.path("status").asString()).isEqualTo("authorized");
        assertThat(heard.path("session").asString() + ".1").isEqualTo(trade.id().value());
        assertThat(heard.path("amount").asString()).isEqualTo("12.50");
        Trade other = Trade.placed();
        assertThat(bridge().done("heard", MedusaVectors.request("consignment.funded", other.id()))
                        .isNull())
                .as("an order that Medusa does not know")
                .isTrue();
    }

    private static JsonNode initiate(String session) {
        List<Map<String, Object>> items = List.of(
                Map.of(
                        "variant_id",
                        "v1",
                        "title",
                        "A good thing",
                        "gtin",
                        Trade.GTIN,
                        "quantity",
                        2,
                        "total",
                        "7.005"),
                Map.of(
                        "variant_id",
                        "v2",
                        "title",
                        "Another",
                        "gtin",
                        "9521234000006",
                        "quantity",
                        1,
                        "total",
                        "2.995"));
        Map<String, Object> cart = Map.of("items", items, "shipping", "2.5");
        return bridge().done("initiate", Map.of("session", session, "amount", "12.5", "currency", "eur", "cart", cart));
    }

    /** A buyer takes the checkout up, and their order is on the ledger. */
    private static Trade placed(JsonNode data) {
        DeviceBuyer.Claimed claimed =
                DeviceBuyer.claim(system, data.path("checkout_id").asString());
        assertThat(claimed.place().status()).isEqualTo(200);
        Terms terms = claimed.terms();
        assertThat(terms.orderTotal().amount()).hasToString(TOTAL);
        return Trade.of(terms, "");
    }

    private static JsonNode look(JsonNode data) {
        return bridge().done("look", Map.of("data", data));
    }

    private static Bridge bridge() {
        if (bridge == null) {
            throw new IllegalStateException("not open");
        }
        return bridge;
    }

    private static String session() {
        return "payses_" + "%026d".formatted(SESSIONS.incrementAndGet());
    }

    /** By the client's own compiler: Medusa is not needed for this part. */
    private static void compile() throws IOException, InterruptedException {
        if (!Files.exists(PLUGIN.resolve("node_modules/@clearmarket/client"))) {
            run(new ProcessBuilder(
                    "npm", "ci", "--omit=dev", "--omit=peer", "--ignore-scripts", "--no-audit", "--no-fund"));
        }
        run(new ProcessBuilder("../storefront/node_modules/.bin/tsc", "--project", "tsconfig.lib.json"));
    }

    private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process =
                builder.directory(PLUGIN.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> more) {
        Map<String, Object> both = new HashMap<>(one);
        both.putAll(more);
        return both;
    }
}
