package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Buyers at the hosted checkout, in Chromium on a phone's screen, over both ledgers. */
class CheckoutInBrowserTest {
    private static final String TOTAL = "12345";
    private static final Map<String, String> REASONS =
            Map.of("returned", "It does not fit.", "disputed", "It was promised for last week.");
    private static final Map<String, String> EVIDENCE =
            Map.of("words", "The box was open when it came.", "document", "as good as a photograph");
    private static final Map<String, ConsignmentId> CONSIGNMENTS = new LinkedHashMap<>();
    private static final Map<String, String> CHECKOUTS = new LinkedHashMap<>();
    private static MoneyTestMarket market;
    private static JsonNode trip;
    private static JsonNode interrupted;
    private static JsonNode cheated;
    private static JsonNode moved;
    private static JsonNode late;
    private static JsonNode returned;
    private static JsonNode disputed;
    private static JsonNode passkey;
    private static JsonNode withdrawn;
    private static JsonNode tendered;

    @BeforeAll
    static void visit() throws Exception {
        Browser browser = Browser.open();
        market = MoneyTestMarket.start();
        Map<String, String> urls = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        for (String name : List.of(
                "late",
                "trip",
                "interrupted",
                "cheated",
                "moved",
                "returned",
                "disputed",
                "passkey",
                "withdrawn",
                "tendered")) {
            Duration time = name.equals("late") ? Duration.ofSeconds(2) : Duration.ofHours(1);
            ObjectNode draft = draft("checkout-" + name, time);
            if (name.equals("tendered")) {
                inEuro(draft);
            }
            Answer made = MoneyTestMarket.accepted(create(Map.of("terms", draft)));
            urls.put(name, made.text("url"));
            CHECKOUTS.put(name, made.text("id"));
            CONSIGNMENTS.put(name, new ConsignmentId(made.text("consignmentId")));
            Secp256k1Key key = Secp256k1Key.generate();
            keys.put(name, HexFormat.of().formatHex(key.privateKey()));
            if (name.equals("interrupted") || name.equals("cheated")) {
                MoneyTestMarket.accepted(market.http("buyer")
                        .post("/api/v1/development/faucet", Map.of("address", key.address(), "amount", TOTAL)));
            }
        }
        Thread.sleep(Duration.ofSeconds(3));
        Path client = Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "storefront");
        Path handedOver = market.system.folder().resolve("handed-over");
        Thread provider = Thread.startVirtualThread(() -> provide(handedOver));
        List<JsonNode> found = browser.run(
                "checkout.mjs",
                Map.of(
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
                        "words", Map.of("reasons", REASONS, "evidence", EVIDENCE)));
        provider.interrupt();
        trip = found.get(0);
        interrupted = found.get(1);
        cheated = found.get(2);
        moved = found.get(3);
        late = found.get(4);
        returned = found.get(5);
        disputed = found.get(6);
        passkey = found.get(7);
        withdrawn = found.get(8);
        tendered = found.get(9);
    }

    /** 123.45 dollars are as many of the token, and cost the buyer 113.57 euro. */
    private static void inEuro(ObjectNode draft) {
        String total = TOTAL + "0000";
        draft.put("total", total);
        ((ObjectNode) draft.withArray("lines").get(0)).put("amount", total);
        draft.withObject("quote")
                .put("numerator", 10_000)
                .set("tender", Json.MAPPER.valueToTree(LiquidityProvider.tender(Amount.parse(total))));
    }

    /** As a payment provider does, once it has the buyer's euro. */
    private static void provide(Path handedOver) {
        while (!Files.exists(handedOver)) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException nobodyCame) {
                return;
            }
        }
        JsonNode placed = market.http("auditor")
                .get("/api/v1/consignments/" + id("tendered"))
                .body();
        new LiquidityProvider(market).deposit(Json.MAPPER.treeToValue(placed.path("terms"), Terms.class));
    }

    @AfterAll
    static void stop() {
        if (market != null) {
            market.close();
        }
    }

    @Test
    void an_order_and_its_deposit_take_two_prompts_and_the_money_is_held_on_the_ledger() {
        assertThat(trip.path("prompts").asInt()).isEqualTo(2);
        Consignment held = market.consignment(id("trip"));
        assertThat(held.money().held()).isEqualTo(Amount.parse(TOTAL));
        assertThat(held.merchant()).isEqualTo(market.system.person("merchant").party());
        Answer seen = market.http("merchant").get("/api/v1/checkouts/" + checkout("trip"));
        assertThat(seen.text("status")).isEqualTo("FUNDED");
        assertThat(seen.text("buyer")).isEqualTo(held.buyer().value());
        assertThat(market.http("buyer")
                        .get("/api/v1/checkouts/" + checkout("trip"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_page_fits_a_phone_breaks_no_policy_and_keeps_the_key_to_itself() {
        assertThat(List.of(trip, moved)).allSatisfy(buyer -> {
            assertThat(buyer.path("errors")).isEmpty();
            assertThat(buyer.path("extractable").asBoolean(true)).isFalse();
            assertThat(buyer.path("policy").asString())
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
        });
        assertThat(List.of(trip.path("offered"), trip.path("review"), trip.path("done"), moved.path("done")))
                .allSatisfy(screen -> {
                    assertThat(screen.path("overflow").asInt()).isLessThanOrEqualTo(0);
                    assertThat(screen.path("violations")).isEmpty();
                });
    }

    @Test
    void order_and_terms_are_said_in_plain_words_before_anything_is_signed() {
        assertThat(trip.path("offered").path("text").asString())
                .contains("2 × A good thing")
                .contains("Pay by")
                .contains("an arbiter")
                .contains("12,345");
        assertThat(trip.path("review").path("text").asString())
                .contains("With your wallet, once")
                .contains("12,345");
    }

    @Test
    void wrong_chain_declined_and_no_money_are_said_with_the_way_on() {
        assertThat(trip.path("wrongChain").asString()).contains("another chain").contains("31337");
        assertThat(trip.path("declined").asString()).contains("declined").contains("Nothing was sent");
        assertThat(trip.path("underfunded").asString())
                .contains("does not hold")
                .contains("12,345");
        assertThat(late.path("trouble").asString()).contains("run out");
        assertThat(late.path("connect").asBoolean(true)).isFalse();
    }

    @Test
    void a_buyer_who_hands_over_euro_signs_no_payment_and_sees_what_comes_back_in_euro() {
        Consignment back = market.consignment(id("tendered"));
        assertThat(back.money().buyer()).isEqualTo(Amount.parse(TOTAL + "0000"));
        assertThat(tendered.path("offered").path("text").asString())
                .contains("You hand over €113.57 to Example Pay", "123,450,000 units", "at this order's rate");
        assertThat(tendered.path("review").path("text").asString())
                .contains("Nothing for the payment: Example Pay makes it, once they have €113.57 from you.")
                .doesNotContain("into the escrow contract");
        assertThat(tendered.path("waiting").path("text").asString()).contains("Hand over €113.57 to Example Pay.");
        assertThat(tendered.path("done").path("text").asString())
                .contains("the money is held", "123,450,000 units (€113.57)", "0 units (€0.00)");
        assertThat(tendered.path("after").path("text").asString()).contains("123,450,000 units (€113.57)");
        assertThat(List.of("offered", "review", "waiting", "done", "after")).allSatisfy(screen -> {
            assertThat(tendered.path(screen).path("violations")).isEmpty();
            assertThat(tendered.path(screen).path("overflow").asInt(1)).isLessThanOrEqualTo(0);
        });
        assertThat(tendered.path("errors")).isEmpty();
    }

    @Test
    void closing_the_tab_after_any_answer_loses_nothing_and_asks_for_nothing_twice() {
        assertThat(interrupted.path("end").asString())
                .as(interrupted.path("now").asString())
                .isEqualTo("held");
        assertThat(interrupted.path("prompts").asInt()).isEqualTo(2);
        List<String> cut =
                interrupted.path("cut").valueStream().map(JsonNode::asString).toList();
        assertThat(cut)
                .contains(" /api/v1/checkouts/claims")
                .contains("registered /api/v1/commands/submit", "placed /api/v1/commands/submit")
                .contains("deposited /api/v1/deposits")
                .hasSizeGreaterThan(7);
        assertThat(market.consignment(id("interrupted")).money().deposited()).isEqualTo(Amount.parse(TOTAL));
    }

    @Test
    void what_is_not_what_was_shown_is_not_signed() {
        assertThat(cheated.path("terms").asString()).contains("Stopped");
        assertThat(cheated.path("proposal").asString()).contains("Stopped").contains("another command");
        assertThat(cheated.path("sentAfterProposal").asBoolean(true)).isFalse();
        assertThat(cheated.path("authorization").asString()).contains("Stopped");
        assertThat(cheated.path("promptsBeforePayment").asInt())
                .as("only the binding")
                .isEqualTo(1);
        assertThat(cheated.path("deposited").asBoolean(true)).isFalse();
    }

    @Test
    void with_a_backup_the_order_is_found_again_on_another_device_and_without_one_it_is_not() {
        assertThat(moved.path("done").path("language").asString()).isEqualTo("zh-Hans");
        assertThat(moved.path("done").path("text").asString()).contains("货款已为您保管");
        assertThat(moved.path("stranger").asString()).contains("另一把密钥");
        assertThat(moved.path("wrong").asString()).contains("口令");
        assertThat(moved.path("backup").asString()).startsWith("-----BEGIN CLEARMARKET KEY BACKUP-----");
    }

    @Test
    void a_key_under_a_passkey_is_on_disk_sealed_alone_and_signs_only_after_the_holders_word() {
        assertThat(passkey.path("disk").asString()).isEqualTo("credential iv party salt sealed sealed");
        assertThat(passkey.path("sealed").path("text").asString()).contains("protected by a passkey");
        assertThat(passkey.path("sealed").path("violations")).isEmpty();
        assertThat(passkey.path("refused").asString()).contains("not used");
        assertThat(passkey.path("stillSealed").asBoolean()).isTrue();
        assertThat(passkey.path("errors")).isEmpty();
        assertThat(market.consignment(id("passkey")).money().deposited()).isEqualTo(Amount.parse(TOTAL));
        assertThat(passkey.path("none").asString())
                .as("an authenticator without a PRF")
                .contains("without one");
    }

    @Test
    void the_page_follows_the_goods_and_takes_the_buyers_acceptance_and_gives_a_receipt() throws Exception {
        assertThat(moved.path("inspecting").path("text").asString())
                .contains("已送达")
                .contains("接受")
                .contains("提出争议");
        assertThat(moved.path("inspecting").path("violations")).isEmpty();
        assertThat(moved.path("inspecting").path("overflow").asInt()).isLessThanOrEqualTo(0);
        assertThat(moved.path("items").asString()).isEqualTo("/01/09521234123453/21/moved");
        assertThat(moved.path("accepted").path("text").asString()).contains("全部已裁定");
        TrustPolicy policy = TrustPolicy.parse(market.system.http(null).text("/log/policy"));
        byte[] receipt = moved.path("receipt").asString().getBytes(UTF_8);
        assertThat(new ProofVerifier(policy).verify(receipt).leaf().key())
                .contains(id("moved").value());
        Consignment accepted = market.consignment(id("moved"));
        assertThat(accepted.money().gross()).isEqualTo(Amount.parse(TOTAL));
        assertThat(accepted.closed()).isTrue();
    }

    @Test
    void the_buyer_sends_back_what_came_and_the_pages_key_signs_it() {
        Consignment now = market.consignment(id("returned"));
        assertThat(now.goods()).isEqualTo(Consignment.Goods.RETURN_REQUESTED);
        assertThat(now.carrier()).isEqualTo(market.system.person("carrier").party());
        assertThat(now.money().held()).isEqualTo(Amount.parse(TOTAL));
        assertSaid(returned, "returned", "picked up");
    }

    @Test
    void the_buyer_disputes_what_is_on_the_way_and_both_sides_can_read_why() {
        Consignment now = market.consignment(id("disputed"));
        Consignment.Dispute dispute = Objects.requireNonNull(now.dispute());
        assertThat(dispute.status()).isEqualTo(Consignment.Dispute.Status.OPEN);
        assertSaid(disputed, "disputed", "arbiter is to decide");
        for (String reader : List.of("merchant", "arbiter")) {
            assertThat(document(reader, dispute.reason()))
                    .startsWith(REASONS.get("disputed"))
                    .as("salted")
                    .hasSizeGreaterThan(REASONS.getOrDefault("disputed", "").length() + 32);
        }
    }

    @Test
    void the_buyer_shows_the_arbiter_evidence_that_the_page_signs_only_as_it_was_given() {
        JsonNode shown = disputed.path("evidence");
        assertThat(shown.path("missing").asString()).contains("what the arbiter should know");
        assertThat(shown.path("sentMissing").asInt(-1)).isZero();
        assertThat(shown.path("tampered").asString()).contains("Stopped").contains("another command");
        assertThat(shown.path("sentTampered").asBoolean(true)).isFalse();
        assertThat(shown.path("after").path("text").asString()).contains("Yours, number 1", "Yours, number 2");
        assertThat(List.of(shown.path("before"), shown.path("after"))).allSatisfy(screen -> {
            assertThat(screen.path("violations")).isEmpty();
            assertThat(screen.path("overflow").asInt(1)).isLessThanOrEqualTo(0);
        });
        ConsignmentId id = id("disputed");
        JsonNode exhibits = market.http("arbiter")
                .get("/api/v1/consignments/" + id + "/evidence")
                .body()
                .path("items");
        assertThat(exhibits.valueStream().map(exhibit -> exhibit.path("number").asInt()))
                .containsExactly(1, 2);
        assertThat(exhibits.valueStream().map(exhibit -> exhibit.path("by").asString()))
                .containsOnly(market.consignment(id).buyer().value());
        for (String reader : List.of("merchant", "arbiter")) {
            assertThat(document(reader, evidence(exhibits, 0))).startsWith(EVIDENCE.get("words"));
            assertThat(document(reader, evidence(exhibits, 1))).isEqualTo(EVIDENCE.get("document"));
        }
    }

    private static Digest evidence(JsonNode exhibits, int which) {
        return new Digest(exhibits.path(which).path("document").asString());
    }

    /** Signed on the device: prepared, endorsed and submitted, by the buyer, and no reason but one that was given. */
    private static void assertSaid(JsonNode said, String name, String next) {
        assertThat(said.path("unsaid").asString()).contains("reason");
        assertThat(said.path("sentUnsaid").asInt(-1)).isZero();
        assertThat(said.path("silent").asBoolean()).isTrue();
        assertThat(said.path("posted").valueStream().map(JsonNode::asString))
                .contains("/api/v1/commands/prepare", "/api/v1/commands/endorse", "/api/v1/commands/submit");
        assertThat(said.path("after").path("text").asString()).contains(next);
        assertThat(List.of(said.path("before"), said.path("after"))).allSatisfy(screen -> {
            assertThat(screen.path("violations")).isEmpty();
            assertThat(screen.path("overflow").asInt()).isLessThanOrEqualTo(0);
        });
        assertThat(said.path("errors")).isEmpty();
        JsonNode versions = market.http("auditor")
                .get("/api/v1/consignments/" + id(name) + "/history")
                .body()
                .path("items");
        assertThat(versions.path(versions.size() - 1).path("by").asString())
                .isEqualTo(market.consignment(id(name)).buyer().value());
    }

    private static String document(String reader, Digest hash) {
        try {
            return market.system.http(market.system.token(reader)).text("/api/v1/documents/" + hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_bought_is_claimed_and_handed_on_between_two_devices_and_the_ledger_has_it_with_the_taker() {
        JsonNode handed = moved.path("handed");
        assertThat(handed.path("claimed").path("text").asString())
                .contains("只有一次有效")
                .contains("见证者")
                .contains("法律");
        assertThat(handed.path("drawn").asInt()).isEqualTo(1);
        assertThat(handed.path("offered").path("text").asString())
                .contains("A buyer has it on the ledger")
                .contains("A copied code looks identical");
        assertThat(handed.path("review").path("text").asString())
                .contains("With your wallet, once")
                .contains("you take this item");
        String fingerprint = handed.path("fingerprint").asString();
        String taker = handed.path("taker").asString();
        assertThat(taker).startsWith(fingerprint.replace(" ", ""));
        assertThat(handed.path("waiting").path("text").asString()).contains("Nothing has changed hands yet");
        assertThat(handed.path("tampered").asString()).contains("已停止");
        assertThat(handed.path("taken").asString()).contains("yes to somebody else");
        assertThat(handed.path("handed").path("text").asString()).contains(fingerprint);
        assertThat(handed.path("former").asString()).contains("不属于这台设备上的密钥").doesNotContain(fingerprint);
        assertThat(handed.path("received").path("text").asString())
                .contains("the ledger has the item with your key")
                .contains("Checked by this page itself");
        Records.Item item = market.item(Epc.of("09521234123453", "moved"));
        assertThat(item.custodian().value()).isEqualTo(taker);
        assertThat(handed.path("since").path(1))
                .isNotEqualTo(handed.path("since").path(0));
    }

    @Test
    void the_page_of_who_has_an_item_fits_320_pixels_in_two_languages_and_breaks_no_policy() {
        JsonNode handed = moved.path("handed");
        assertThat(handed.path("errors")).isEmpty();
        assertThat(handed.path("policy").asString())
                .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        List<JsonNode> screens = Stream.of(
                        "claimed", "offering", "offered", "review", "waiting", "asked", "handed", "received", "theirs")
                .map(handed::path)
                .toList();
        assertThat(screens).allSatisfy(screen -> {
            assertThat(screen.path("overflow").asInt(1)).isLessThanOrEqualTo(0);
            assertThat(screen.path("violations")).isEmpty();
        });
        assertThat(screens)
                .extracting(screen -> screen.path("language").asString())
                .contains("zh-Hans", "en");
    }

    @Test
    void a_checkout_that_its_merchant_calls_off_tells_every_buyer_so_and_asks_for_nothing_more() {
        assertThat(withdrawn.path("status").asInt()).isEqualTo(204);
        assertThat(List.of(withdrawn.path("paying"), withdrawn.path("reading"), withdrawn.path("later")))
                .extracting(JsonNode::asString)
                .allSatisfy(said -> assertThat(said).contains("called this offer off", "another link"));
        assertThat(withdrawn.path("left").valueStream().map(JsonNode::asInt)).containsOnly(0);
        assertThat(withdrawn.path("prompts").asInt()).isZero();
        assertThat(withdrawn.path("screen").path("violations")).isEmpty();
        assertThat(withdrawn.path("screen").path("overflow").asInt(1)).isLessThanOrEqualTo(0);
        assertThat(withdrawn.path("errors")).isEmpty();
        assertThat(market.http("auditor")
                        .get("/api/v1/orders/checkout-withdrawn")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_checkout_is_called_off_once_or_again_by_its_merchant_until_its_order_is_placed() {
        ObjectNode draft = draft("checkout-off", Duration.ofHours(1));
        String path = "/api/v1/checkouts/"
                + MoneyTestMarket.accepted(create(Map.of("terms", draft))).text("id");
        assertThat(market.http("buyer").delete(path).code()).isEqualTo("INSUFFICIENT_SCOPE");
        assertThat(market.http("merchant").delete(path).status()).isEqualTo(204);
        assertThat(market.http("merchant").delete(path).status()).isEqualTo(204);
        assertThat(market.http("merchant").get(path).text("status")).isEqualTo("WITHDRAWN");
        assertThat(market.system.http(null).get(path + "/offer").text("status")).isEqualTo("WITHDRAWN");
        assertThat(create(Map.of("terms", draft)).code()).isEqualTo("CHECKOUT_WITHDRAWN");
        assertThat(market.http("merchant")
                        .delete("/api/v1/checkouts/" + checkout("trip"))
                        .code())
                .isEqualTo("CHECKOUT_PLACED");
    }

    @Test
    void a_checkout_is_its_merchants_and_is_made_once_for_an_order() {
        ObjectNode draft = draft("checkout-once", Duration.ofHours(1));
        Answer first = MoneyTestMarket.accepted(create(Map.of("terms", draft)));
        assertThat(create(Map.of("terms", draft)).text("id")).isEqualTo(first.text("id"));
        ObjectNode other = draft.deepCopy().put("returnPolicy", "none");
        assertThat(create(Map.of("terms", other)).code()).isEqualTo("CHECKOUT_EXISTS");
        assertThat(market.http("buyer")
                        .post("/api/v1/checkouts", Map.of("terms", draft))
                        .status())
                .isEqualTo(403);
        ObjectNode dear = draft("checkout-dear", Duration.ofHours(1));
        inEuro(dear);
        dear.withObject("quote").withObject("tender").put("amount", "11358");
        assertThat(create(Map.of("terms", dear)).code()).isEqualTo("INVALID_VALUE");
        ObjectNode wrong = draft("checkout-wrong", Duration.ofHours(1)).put("total", "1");
        assertThat(create(Map.of("terms", wrong)).code()).isEqualTo("INVALID_VALUE");
        assertThat(create(Map.of("terms", draft.deepCopy().put("buyer", "00"))).code())
                .isEqualTo("INVALID_VALUE");
        assertThat(market.system
                        .http(null)
                        .get("/api/v1/checkouts/nonsense/offer")
                        .code())
                .isEqualTo("UNKNOWN_CHECKOUT");
    }

    private static Answer create(Map<String, Object> wish) {
        return market.http("merchant").post("/api/v1/checkouts", wish);
    }

    /** What a merchant gives; the rest follows from the market. */
    private static ObjectNode draft(String order, Duration time) {
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

    private static ConsignmentId id(String name) {
        return Objects.requireNonNull(CONSIGNMENTS.get(name));
    }

    private static String checkout(String name) {
        return Objects.requireNonNull(CHECKOUTS.get(name));
    }
}
