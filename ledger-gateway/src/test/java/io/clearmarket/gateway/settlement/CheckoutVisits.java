package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Buyers at the checkouts of one market, each in a browser of their own: what each of them meets follows from the checkout's name. */
final class CheckoutVisits implements AutoCloseable {
    static final String TOTAL = "12345";
    static final Map<String, String> REASONS =
            Map.of("returned", "It does not fit.", "disputed", "It was promised for last week.");
    static final Map<String, String> EVIDENCE =
            Map.of("words", "The box was open when it came.", "document", "as good as a photograph");

    /** As the browser's script answers. */
    private static final List<String> NAMES = List.of(
            "trip",
            "interrupted",
            "cheated",
            "moved",
            "late",
            "returned",
            "disputed",
            "passkey",
            "withdrawn",
            "tendered");

    final MoneyTestMarket market;
    private final Map<String, Answer> made = new LinkedHashMap<>();
    private final Map<String, JsonNode> found = new LinkedHashMap<>();

    /** Makes the checkouts, and lets all buyers go at once. */
    CheckoutVisits() throws Exception {
        Browser browser = Browser.open();
        market = MoneyTestMarket.start();
        Instant late = make("late", Duration.ofSeconds(10));
        Map<String, String> keys = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (!name.equals("late")) {
                make(name, Duration.ofHours(1));
            }
            Secp256k1Key key = Secp256k1Key.generate();
            keys.put(name, HexFormat.of().formatHex(key.privateKey()));
            if (name.equals("interrupted") || name.equals("cheated")) {
                MoneyTestMarket.accepted(market.http("buyer")
                        .post("/api/v1/development/faucet", Map.of("address", key.address(), "amount", TOTAL)));
            }
        }
        Thread.sleep(Duration.between(Instant.now(), late.plusSeconds(1)));
        Path handedOver = market.system.folder().resolve("handed-over");
        Thread provider = Thread.startVirtualThread(() -> provide(handedOver));
        List<JsonNode> answers = browser.run("checkout.mjs", wanted(browser, keys, handedOver));
        provider.interrupt();
        for (String name : NAMES) {
            found.put(name, answers.get(found.size()));
        }
    }

    private Map<String, Object> wanted(Browser browser, Map<String, String> keys, Path handedOver) {
        Path client = Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "storefront");
        Map<String, String> urls = new LinkedHashMap<>();
        made.forEach((name, checkout) -> urls.put(name, checkout.text("url")));
        return Map.of(
                "base", market.system.address().toString(),
                "chromium", browser.chromium(),
                "client", client.toAbsolutePath().toString(),
                "chainId", market.chain.deployment.chainId(),
                "merchantToken", market.system.token("merchant"),
                "carrier",
                        Map.of(
                                "party", market.system.person("carrier").party(),
                                "token", market.system.token("carrier")),
                "checkouts", urls,
                "keys", keys,
                "handedOver", handedOver.toString(),
                "words", Map.of("reasons", REASONS, "evidence", EVIDENCE));
    }

    private Instant make(String name, Duration time) {
        ObjectNode draft = draft("checkout-" + name, time);
        if (name.equals("tendered")) {
            inEuro(draft);
        }
        made.put(name, MoneyTestMarket.accepted(create(Map.of("terms", draft))));
        return Instant.parse(draft.path("payBy").asString());
    }

    /** As a payment provider does, once it has the buyer's euro. */
    private void provide(Path handedOver) {
        while (!Files.exists(handedOver)) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException nobodyCame) {
                return;
            }
        }
        market.system.awaitRead();
        JsonNode placed = market.http("auditor")
                .get("/api/v1/consignments/" + consignment("tendered"))
                .body();
        new LiquidityProvider(market).deposit(Json.MAPPER.treeToValue(placed.path("terms"), Terms.class));
    }

    /** 123.45 dollars are as many of the token, and cost the buyer 113.57 euro. */
    static void inEuro(ObjectNode draft) {
        String total = TOTAL + "0000";
        draft.put("total", total);
        ((ObjectNode) draft.withArray("lines").get(0)).put("amount", total);
        draft.withObject("quote")
                .put("numerator", 10_000)
                .set("tender", Json.MAPPER.valueToTree(LiquidityProvider.tender(Amount.parse(total))));
    }

    Answer create(Map<String, Object> wish) {
        return market.http("merchant").post("/api/v1/checkouts", wish);
    }

    /** What a merchant gives; the rest follows from the market. */
    ObjectNode draft(String order, Duration time) {
        Instant payBy = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(time);
        Terms whole = market.terms(order, Long.parseLong(TOTAL));
        ObjectNode draft = Json.MAPPER.valueToTree(whole);
        draft.remove(List.of(
                "buyer", "merchant", "ledger", "escrow", "termsVersion", "consignment", "feeBps", "referralBps"));
        draft.put("payBy", payBy.toString());
        ObjectNode line = (ObjectNode) draft.withArray("lines").get(0);
        line.put("product", "A good thing")
                .put("quantity", 2)
                .put("price", "6000")
                .put("freight", "345");
        return draft;
    }

    /** What the buyer's browser saw at the checkout of this name. */
    JsonNode of(String name) {
        return Objects.requireNonNull(found.get(name));
    }

    ConsignmentId consignment(String name) {
        return new ConsignmentId(Objects.requireNonNull(made.get(name)).text("consignmentId"));
    }

    /** The checkout's id. */
    String checkout(String name) {
        return Objects.requireNonNull(made.get(name)).text("id");
    }

    @Override
    public void close() {
        market.close();
    }
}
