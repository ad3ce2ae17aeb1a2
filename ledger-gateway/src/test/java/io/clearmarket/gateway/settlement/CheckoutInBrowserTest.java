package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
    private static CheckoutVisits visits;
    private static MoneyTestMarket market;

    @BeforeAll
    static void visit() throws Exception {
        visits = new CheckoutVisits();
        market = visits.market;
    }

    @AfterAll
    static void stop() {
        if (visits != null) {
            visits.close();
        }
    }

    @Test
    void an_order_and_its_deposit_take_two_prompts_and_the_money_is_held_on_the_ledger() {
        assertThat(visits.of("trip").path("prompts").asInt()).isEqualTo(2);
        Consignment held = market.consignment(visits.consignment("trip"));
        assertThat(held.money().held()).isEqualTo(Amount.parse(CheckoutVisits.TOTAL));
        assertThat(held.merchant()).isEqualTo(market.system.person("merchant").party());
        Answer seen = market.http("merchant").get("/api/v1/checkouts/" + visits.checkout("trip"));
        assertThat(seen.text("status")).isEqualTo("FUNDED");
        assertThat(seen.text("buyer")).isEqualTo(held.buyer().value());
        assertThat(market.http("buyer")
                        .get("/api/v1/checkouts/" + visits.checkout("trip"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_page_fits_a_phone_breaks_no_policy_and_keeps_the_key_to_itself() {
        assertThat(List.of(visits.of("trip"), visits.of("moved"))).allSatisfy(buyer -> {
            assertThat(buyer.path("errors")).isEmpty();
            assertThat(buyer.path("extractable").asBoolean(true)).isFalse();
            assertThat(buyer.path("policy").asString())
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
        });
        assertThat(List.of(
                        visits.of("trip").path("offered"),
                        visits.of("trip").path("review"),
                        visits.of("trip").path("done"),
                        visits.of("moved").path("done")))
                .allSatisfy(screen -> {
                    assertThat(screen.path("overflow").asInt()).isLessThanOrEqualTo(0);
                    assertThat(screen.path("violations")).isEmpty();
                });
    }

    @Test
    void order_and_terms_are_said_in_plain_words_before_anything_is_signed() {
        assertThat(visits.of("trip").path("offered").path("text").asString())
                .contains("2 × A good thing")
                .contains("Pay by")
                .contains("an arbiter")
                .contains("12,345");
        assertThat(visits.of("trip").path("review").path("text").asString())
                .contains("With your wallet, once")
                .contains("12,345");
    }

    @Test
    void wrong_chain_declined_and_no_money_are_said_with_the_way_on() {
        assertThat(visits.of("trip").path("wrongChain").asString())
                .contains("another chain")
                .contains("31337");
        assertThat(visits.of("trip").path("declined").asString())
                .contains("declined")
                .contains("Nothing was sent");
        assertThat(visits.of("trip").path("underfunded").asString())
                .contains("does not hold")
                .contains("12,345");
        assertThat(visits.of("late").path("trouble").asString()).contains("run out");
        assertThat(visits.of("late").path("connect").asBoolean(true)).isFalse();
    }

    @Test
    void a_buyer_who_hands_over_euro_signs_no_payment_and_sees_what_comes_back_in_euro() {
        Consignment back = market.consignment(visits.consignment("tendered"));
        assertThat(back.money().buyer()).isEqualTo(Amount.parse(CheckoutVisits.TOTAL + "0000"));
        assertThat(visits.of("tendered").path("offered").path("text").asString())
                .contains("You hand over €113.57 to Example Pay", "123,450,000 units", "at this order's rate");
        assertThat(visits.of("tendered").path("review").path("text").asString())
                .contains("Nothing for the payment: Example Pay makes it, once they have €113.57 from you.")
                .doesNotContain("into the escrow contract");
        assertThat(visits.of("tendered").path("waiting").path("text").asString())
                .contains("Hand over €113.57 to Example Pay.");
        assertThat(visits.of("tendered").path("done").path("text").asString())
                .contains("the money is held", "123,450,000 units (€113.57)", "0 units (€0.00)");
        assertThat(visits.of("tendered").path("after").path("text").asString()).contains("123,450,000 units (€113.57)");
        assertThat(List.of("offered", "review", "waiting", "done", "after")).allSatisfy(screen -> {
            assertThat(visits.of("tendered").path(screen).path("violations")).isEmpty();
            assertThat(visits.of("tendered").path(screen).path("overflow").asInt(1))
                    .isLessThanOrEqualTo(0);
        });
        assertThat(visits.of("tendered").path("errors")).isEmpty();
    }

    @Test
    void closing_the_tab_after_any_answer_loses_nothing_and_asks_for_nothing_twice() {
        assertThat(visits.of("interrupted").path("end").asString())
                .as(visits.of("interrupted").path("now").asString())
                .isEqualTo("held");
        assertThat(visits.of("interrupted").path("prompts").asInt()).isEqualTo(2);
        List<String> cut = visits.of("interrupted")
                .path("cut")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(cut)
                .contains(" /api/v1/checkouts/claims")
                .contains("registered /api/v1/commands/submit", "placed /api/v1/commands/submit")
                .contains("deposited /api/v1/deposits")
                .hasSizeGreaterThan(7);
        assertThat(market.consignment(visits.consignment("interrupted")).money().deposited())
                .isEqualTo(Amount.parse(CheckoutVisits.TOTAL));
    }

    @Test
    void what_is_not_what_was_shown_is_not_signed() {
        assertThat(visits.of("cheated").path("terms").asString()).contains("Stopped");
        assertThat(visits.of("cheated").path("proposal").asString())
                .contains("Stopped")
                .contains("another command");
        assertThat(visits.of("cheated").path("sentAfterProposal").asBoolean(true))
                .isFalse();
        assertThat(visits.of("cheated").path("authorization").asString()).contains("Stopped");
        assertThat(visits.of("cheated").path("promptsBeforePayment").asInt())
                .as("only the binding")
                .isEqualTo(1);
        assertThat(visits.of("cheated").path("deposited").asBoolean(true)).isFalse();
    }

    @Test
    void with_a_backup_the_order_is_found_again_on_another_device_and_without_one_it_is_not() {
        assertThat(visits.of("moved").path("done").path("language").asString()).isEqualTo("zh-Hans");
        assertThat(visits.of("moved").path("done").path("text").asString()).contains("货款已为您保管");
        assertThat(visits.of("moved").path("stranger").asString()).contains("另一把密钥");
        assertThat(visits.of("moved").path("wrong").asString()).contains("口令");
        assertThat(visits.of("moved").path("backup").asString()).startsWith("-----BEGIN CLEARMARKET KEY BACKUP-----");
    }

    @Test
    void a_key_under_a_passkey_is_on_disk_sealed_alone_and_signs_only_after_the_holders_word() {
        assertThat(visits.of("passkey").path("disk").asString()).isEqualTo("credential iv party salt sealed sealed");
        assertThat(visits.of("passkey").path("sealed").path("text").asString()).contains("protected by a passkey");
        assertThat(visits.of("passkey").path("sealed").path("violations")).isEmpty();
        assertThat(visits.of("passkey").path("refused").asString()).contains("not used");
        assertThat(visits.of("passkey").path("stillSealed").asBoolean()).isTrue();
        assertThat(visits.of("passkey").path("errors")).isEmpty();
        assertThat(market.consignment(visits.consignment("passkey")).money().deposited())
                .isEqualTo(Amount.parse(CheckoutVisits.TOTAL));
        assertThat(visits.of("passkey").path("none").asString())
                .as("an authenticator without a PRF")
                .contains("without one");
    }

    @Test
    void the_page_follows_the_goods_and_takes_the_buyers_acceptance_and_gives_a_receipt() throws Exception {
        assertThat(visits.of("moved").path("inspecting").path("text").asString())
                .contains("已送达")
                .contains("接受")
                .contains("提出争议");
        assertThat(visits.of("moved").path("inspecting").path("violations")).isEmpty();
        assertThat(visits.of("moved").path("inspecting").path("overflow").asInt())
                .isLessThanOrEqualTo(0);
        assertThat(visits.of("moved").path("items").asString()).isEqualTo("/01/09521234123453/21/moved");
        assertThat(visits.of("moved").path("accepted").path("text").asString()).contains("全部已裁定");
        TrustPolicy policy = TrustPolicy.parse(market.system.http(null).text("/log/policy"));
        byte[] receipt = visits.of("moved").path("receipt").asString().getBytes(UTF_8);
        assertThat(new ProofVerifier(policy).verify(receipt).leaf().key())
                .contains(visits.consignment("moved").value());
        Consignment accepted = market.consignment(visits.consignment("moved"));
        assertThat(accepted.money().gross()).isEqualTo(Amount.parse(CheckoutVisits.TOTAL));
        assertThat(accepted.closed()).isTrue();
    }

    @Test
    void the_buyer_sends_back_what_came_and_the_pages_key_signs_it() {
        Consignment now = market.consignment(visits.consignment("returned"));
        assertThat(now.goods()).isEqualTo(Consignment.Goods.RETURN_REQUESTED);
        assertThat(now.carrier()).isEqualTo(market.system.person("carrier").party());
        assertThat(now.money().held()).isEqualTo(Amount.parse(CheckoutVisits.TOTAL));
        assertSaid(visits.of("returned"), "returned", "picked up");
    }

    @Test
    void the_buyer_disputes_what_is_on_the_way_and_both_sides_can_read_why() {
        Consignment now = market.consignment(visits.consignment("disputed"));
        Consignment.Dispute dispute = Objects.requireNonNull(now.dispute());
        assertThat(dispute.status()).isEqualTo(Consignment.Dispute.Status.OPEN);
        assertSaid(visits.of("disputed"), "disputed", "arbiter is to decide");
        for (String reader : List.of("merchant", "arbiter")) {
            assertThat(document(reader, dispute.reason()))
                    .startsWith(CheckoutVisits.REASONS.get("disputed"))
                    .as("salted")
                    .hasSizeGreaterThan(
                            CheckoutVisits.REASONS.getOrDefault("disputed", "").length() + 32);
        }
    }

    @Test
    void the_buyer_shows_the_arbiter_evidence_that_the_page_signs_only_as_it_was_given() {
        JsonNode shown = visits.of("disputed").path("evidence");
        assertThat(shown.path("missing").asString()).contains("what the arbiter should know");
        assertThat(shown.path("sentMissing").asInt(-1)).isZero();
        assertThat(shown.path("tampered").asString()).contains("Stopped").contains("another command");
        assertThat(shown.path("sentTampered").asBoolean(true)).isFalse();
        assertThat(shown.path("after").path("text").asString()).contains("Yours, number 1", "Yours, number 2");
        assertThat(List.of(shown.path("before"), shown.path("after"))).allSatisfy(screen -> {
            assertThat(screen.path("violations")).isEmpty();
            assertThat(screen.path("overflow").asInt(1)).isLessThanOrEqualTo(0);
        });
        ConsignmentId id = visits.consignment("disputed");
        JsonNode exhibits = market.http("arbiter")
                .get("/api/v1/consignments/" + id + "/evidence")
                .body()
                .path("items");
        assertThat(exhibits.valueStream().map(exhibit -> exhibit.path("number").asInt()))
                .containsExactly(1, 2);
        assertThat(exhibits.valueStream().map(exhibit -> exhibit.path("by").asString()))
                .containsOnly(market.consignment(id).buyer().value());
        for (String reader : List.of("merchant", "arbiter")) {
            assertThat(document(reader, evidence(exhibits, 0))).startsWith(CheckoutVisits.EVIDENCE.get("words"));
            assertThat(document(reader, evidence(exhibits, 1))).isEqualTo(CheckoutVisits.EVIDENCE.get("document"));
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
                .get("/api/v1/consignments/" + visits.consignment(name) + "/history")
                .body()
                .path("items");
        assertThat(versions.path(versions.size() - 1).path("by").asString())
                .isEqualTo(market.consignment(visits.consignment(name)).buyer().value());
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
        JsonNode handed = visits.of("moved").path("handed");
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
        JsonNode handed = visits.of("moved").path("handed");
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
        assertThat(visits.of("withdrawn").path("status").asInt()).isEqualTo(204);
        assertThat(List.of(
                        visits.of("withdrawn").path("paying"),
                        visits.of("withdrawn").path("reading"),
                        visits.of("withdrawn").path("later")))
                .extracting(JsonNode::asString)
                .allSatisfy(said -> assertThat(said).contains("called this offer off", "another link"));
        assertThat(visits.of("withdrawn").path("left").valueStream().map(JsonNode::asInt))
                .containsOnly(0);
        assertThat(visits.of("withdrawn").path("prompts").asInt()).isZero();
        assertThat(visits.of("withdrawn").path("screen").path("violations")).isEmpty();
        assertThat(visits.of("withdrawn").path("screen").path("overflow").asInt(1))
                .isLessThanOrEqualTo(0);
        assertThat(visits.of("withdrawn").path("errors")).isEmpty();
        assertThat(market.http("auditor")
                        .get("/api/v1/orders/checkout-withdrawn")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_checkout_is_called_off_once_or_again_by_its_merchant_until_its_order_is_placed() {
        ObjectNode draft = visits.draft("checkout-off", Duration.ofHours(1));
        String path = "/api/v1/checkouts/"
                + MoneyTestMarket.accepted(visits.create(Map.of("terms", draft)))
                        .text("id");
        assertThat(market.http("buyer").delete(path).code()).isEqualTo("INSUFFICIENT_SCOPE");
        assertThat(market.http("merchant").delete(path).status()).isEqualTo(204);
        assertThat(market.http("merchant").delete(path).status()).isEqualTo(204);
        assertThat(market.http("merchant").get(path).text("status")).isEqualTo("WITHDRAWN");
        assertThat(market.system.http(null).get(path + "/offer").text("status")).isEqualTo("WITHDRAWN");
        assertThat(visits.create(Map.of("terms", draft)).code()).isEqualTo("CHECKOUT_WITHDRAWN");
        assertThat(market.http("merchant")
                        .delete("/api/v1/checkouts/" + visits.checkout("trip"))
                        .code())
                .isEqualTo("CHECKOUT_PLACED");
    }

    @Test
    void a_checkout_is_its_merchants_and_is_made_once_for_an_order() {
        ObjectNode draft = visits.draft("checkout-once", Duration.ofHours(1));
        Answer first = MoneyTestMarket.accepted(visits.create(Map.of("terms", draft)));
        assertThat(visits.create(Map.of("terms", draft)).text("id")).isEqualTo(first.text("id"));
        ObjectNode other = draft.deepCopy().put("returnPolicy", "none");
        assertThat(visits.create(Map.of("terms", other)).code()).isEqualTo("CHECKOUT_EXISTS");
        assertThat(market.http("buyer")
                        .post("/api/v1/checkouts", Map.of("terms", draft))
                        .status())
                .isEqualTo(403);
        ObjectNode dear = visits.draft("checkout-dear", Duration.ofHours(1));
        CheckoutVisits.inEuro(dear);
        dear.withObject("quote").withObject("tender").put("amount", "11358");
        assertThat(visits.create(Map.of("terms", dear)).code()).isEqualTo("INVALID_VALUE");
        ObjectNode wrong = visits.draft("checkout-wrong", Duration.ofHours(1)).put("total", "1");
        assertThat(visits.create(Map.of("terms", wrong)).code()).isEqualTo("INVALID_VALUE");
        assertThat(visits.create(Map.of("terms", draft.deepCopy().put("buyer", "00")))
                        .code())
                .isEqualTo("INVALID_VALUE");
        assertThat(market.system
                        .http(null)
                        .get("/api/v1/checkouts/nonsense/offer")
                        .code())
                .isEqualTo("UNKNOWN_CHECKOUT");
    }
}
