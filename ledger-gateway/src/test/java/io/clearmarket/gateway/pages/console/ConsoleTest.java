package io.clearmarket.gateway.pages.console;

import static io.clearmarket.gateway.pages.console.ConsoleSession.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.FormToken;
import io.clearmarket.gateway.privacy.PrivateField;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.Trade;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A merchant acts by plain forms, over the whole system. */
class ConsoleTest {
    private static final Pattern OFFERED = Pattern.compile("data-act=\"([a-z-]+)\"");

    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final ConsoleSession merchant = ConsoleSession.of("merchant");

    @Test
    void a_form_without_its_token_or_with_another_sessions_is_refused_and_nothing_is_written() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        String form = path(trade.id()) + "/cancel-funded";
        Map<String, String> fields = merchant.form(form);
        fields.put("step", "write");
        String foreign = FormToken.of(system.token(new Caller(
                "other", Set.of(Role.MERCHANT), system.person("merchant").party(), "merchant")));
        for (String token : List.of("", foreign, "0".repeat(96))) {
            fields.put(FormToken.FIELD, token);
            HttpResponse<String> answer = merchant.post(form, fields);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("Nothing was written");
        }
        assertThat(new ConsoleSession("").post(form, fields).statusCode()).isEqualTo(401);
        JsonNode untouched = trade.seenBy("merchant").path("consignment");
        assertThat(untouched.path("version").asLong()).isEqualTo(2);
        fields.put(FormToken.FIELD, FormToken.of(merchant.token()));
        assertThat(merchant.post(form, fields).statusCode()).isEqualTo(303);
        assertThat(trade.goOnFrom(3)
                        .seenBy("merchant")
                        .path("consignment")
                        .path("closed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void the_pages_cookie_with_a_forms_token_opens_no_other_door() {
        Trade trade = Trade.placed();
        trade.seenBy("merchant");
        Map<String, String> fields = Map.of(FormToken.FIELD, FormToken.of(merchant.token()), "version", "1");
        for (String other : List.of("/api/v1/consignments/" + trade.id() + "/cancel", "/api/v1/access-keys")) {
            assertThat(merchant.post(other, fields).statusCode()).as(other).isEqualTo(401);
        }
        assertThat(trade.seenBy("merchant").path("consignment").path("closed").asBoolean(true))
                .isFalse();
    }

    @Test
    void a_key_for_reading_alone_sends_no_form() {
        Trade trade = Trade.placed();
        String key = system.http(system.token("merchant"))
                .post("/api/v1/access-keys", Map.of("label", "reader", "readOnly", true))
                .text("secret");
        assertThat(key).isNotEmpty();
        assertThat(TestHttp.send(system.http(key)
                                .request(path(trade.id()) + "/cancel")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("step=write"))
                                .build())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_is_offered_is_what_the_ledgers_table_allows_now() {
        Trade trade = Trade.placed();
        trade.seenBy("merchant");
        assertThat(offered(trade)).containsExactlyInAnyOrder("cancel", "open-case");
        trade.fund();
        trade.seenBy("merchant");
        assertThat(offered(trade)).containsExactlyInAnyOrder("ship", "refund", "cancel-funded", "open-case");
        trade.ship();
        trade.seenBy("merchant");
        assertThat(offered(trade)).containsExactlyInAnyOrder("refund", "open-case");
        assertThat(merchant.get(path(trade.id()) + "/ship").statusCode()).isEqualTo(409);
        assertThat(ConsoleSession.of("carrier").get(path(trade.id())).statusCode())
                .isEqualTo(403);
    }

    @Test
    void shipping_names_items_says_what_it_means_and_sent_twice_is_one_command() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        String form = path(trade.id()) + "/ship";
        Map<String, String> fields = shipping(merchant.form(form), trade);
        fields.put("step", "review");
        HttpResponse<String> review = merchant.post(form, fields);
        assertThat(review.body())
                .contains(
                        "has 1 items", "The money stays in escrow", trade.epc().uri());
        assertThat(trade.seenBy("merchant").path("consignment").path("version").asLong())
                .isEqualTo(2);
        Map<String, String> confirmed = ConsoleSession.hidden(review);
        confirmed.put("step", "write");
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        JsonNode shipped = trade.goOnFrom(3).seenBy("merchant").path("consignment");
        assertThat(shipped.path("version").asLong()).isEqualTo(3);
        assertThat(shipped.path("goods").asString()).isEqualTo("SHIPPED");
        HttpResponse<String> labels =
                merchant.get("/merchant/labels?epc=" + trade.epc().uri());
        assertThat(labels.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(labels.body()).startsWith("%PDF");
    }

    @Test
    void a_refusal_stands_beside_the_form_with_its_code_and_all_that_was_typed() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        Map<String, String> input = shipping(Map.of(), trade);
        input.put("carrier", "ab".repeat(32));
        HttpResponse<String> refused = merchant.does(path(trade.id()) + "/ship", input);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("There is no such party", "UNKNOWN_PARTY", trade.serial(), "ab".repeat(32));
        Map<String, String> few = shipping(merchant.form(path(trade.id()) + "/ship"), trade);
        few.put("items-1", "");
        HttpResponse<String> fault = merchant.post(path(trade.id()) + "/ship", few);
        assertThat(fault.statusCode()).isEqualTo(422);
        assertThat(fault.body()).contains("So many items must be named", few.get("carrier"));
    }

    @Test
    void a_refund_of_an_amount_says_what_goes_back_and_what_stays() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        String form = path(trade.id()) + "/refund";
        Map<String, String> fields = merchant.form(form);
        fields.putAll(Map.of("part", "amount", "amount", "1500", "step", "review"));
        HttpResponse<String> review = merchant.post(form, fields);
        assertThat(review.body()).contains("decide 1,500 back to the buyer").contains("That is final");
        Map<String, String> confirmed = ConsoleSession.hidden(review);
        confirmed.put("step", "write");
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        JsonNode money =
                trade.goOnFrom(3).seenBy("merchant").path("consignment").path("money");
        assertThat(money.path("buyer").asString()).isEqualTo("1500");
    }

    @Test
    void a_return_is_disputed_with_a_document_that_the_ledger_knows_by_its_hash_and_the_buyers_split_is_agreed() {
        Trade trade = Trade.placed().fund().ship().deliver();
        act(
                trade,
                "request-return",
                Map.of(
                        "version", 4,
                        "carrier", system.person("carrier").party(),
                        "reason", Digest.sha256("too small")));
        trade.goOnFrom(5).seenBy("merchant");
        String form = path(trade.id()) + "/contest-return";
        Map<String, String> fields = merchant.form(form);
        fields.put("step", "review");
        assertThat(merchant.post(form, fields).statusCode()).isEqualTo(422);
        String evidence = "the seal is broken " + UUID.randomUUID();
        Map<String, String> confirmed = ConsoleSession.hidden(merchant.upload(form, fields, evidence));
        confirmed.put("step", "write");
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        JsonNode disputed = trade.goOnFrom(6).seenBy("merchant").path("consignment");
        String reason = disputed.path("dispute").path("reason").asString();
        assertThat(reason).isEqualTo(Digest.sha256(evidence).hex());
        TestHttp.Answer read = system.http(system.token("arbiter")).get("/api/v1/documents/" + reason);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.contentType()).as("what was said to be a page").isEqualTo("application/octet-stream");
        long held = disputed.path("money").path("held").asLong();
        act(trade, "offer-split", Map.of("version", 6, "toMerchant", "1000", "toBuyer", Long.toString(held - 1000)));
        trade.goOnFrom(7).seenBy("merchant");
        assertThat(offered(trade))
                .containsExactlyInAnyOrder("refund", "offer-split", "accept-offer", "submit-evidence", "open-case");
        assertThat(merchant.does(path(trade.id()) + "/accept-offer", Map.of()).statusCode())
                .isEqualTo(303);
        JsonNode agreed = trade.goOnFrom(8).seenBy("merchant").path("consignment");
        assertThat(agreed.path("closed").asBoolean()).isTrue();
        assertThat(agreed.path("money").path("gross").asString()).isEqualTo("1000");
    }

    @Test
    void
            in_a_dispute_that_is_the_buyers_to_open_the_merchants_evidence_is_words_and_documents_that_the_arbiter_reads() {
        Trade trade = Trade.placed().fund().ship();
        trade.seenBy("merchant");
        assertThat(offered(trade)).doesNotContain("dispute");
        assertThat(merchant.get(path(trade.id()) + "/dispute").statusCode()).isEqualTo(404);
        assertThat(system.http(system.token("merchant"))
                        .post(
                                "/api/v1/consignments/" + trade.id() + "/dispute",
                                Map.of("version", 3, "reason", Digest.sha256("he says so")))
                        .code())
                .isEqualTo("WRONG_PARTY");
        act(trade, "dispute", Map.of("version", 3, "reason", Digest.sha256("an empty box")));
        trade.goOnFrom(4).seenBy("merchant");
        assertThat(offered(trade)).containsExactlyInAnyOrder("refund", "offer-split", "submit-evidence", "open-case");
        String form = path(trade.id()) + "/open-case";
        String words = "It weighed 2.1 kg when the carrier took it: slip " + UUID.randomUUID();
        Map<String, String> fields = merchant.form(form);
        fields.putAll(Map.of("kind", "COMPLAINT", "text", words, "days", "2", "step", "review"));
        Map<String, String> confirmed = ConsoleSession.hidden(merchant.post(form, fields));
        confirmed.put("step", "write");
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        Digest commitment =
                new PrivateField("case.text", Objects.requireNonNull(confirmed.get(Typed.SALT)), words).commitment();
        assertThat(system.http(system.token("arbiter"))
                        .get("/api/v1/private-fields/" + commitment)
                        .text("value"))
                .isEqualTo(words);
        for (int number = 1; number <= 2; number++) {
            String slip = "slip " + number + " " + UUID.randomUUID();
            assertThat(evidenceOf(trade, slip)).isEqualTo(number);
            assertThat(merchant.get(path(trade.id())).body())
                    .contains(
                            "Evidence " + number + " of yours",
                            "/api/v1/documents/" + Digest.sha256(slip).hex());
        }
    }

    /** The number that a document has which the merchant shows the arbiter, who reads it. */
    private int evidenceOf(Trade trade, String document) {
        String form = path(trade.id()) + "/submit-evidence";
        Map<String, String> fields = merchant.form(form);
        fields.put("step", "review");
        HttpResponse<String> review = merchant.upload(form, fields, document);
        assertThat(review.body()).contains("stays in escrow until the arbiter rules");
        Map<String, String> confirmed = ConsoleSession.hidden(review);
        confirmed.put("step", "write");
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        TestHttp arbiter = system.http(system.token("arbiter"));
        String hash = Digest.sha256(document).hex();
        Instant end = Instant.now().plusSeconds(60);
        while (arbiter.get("/api/v1/documents/" + hash).status() != 200
                && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(50_000_000);
        }
        return arbiter.get("/api/v1/consignments/" + trade.id() + "/evidence")
                .body()
                .path("items")
                .valueStream()
                .filter(exhibit -> exhibit.path("document").asString().equals(hash))
                .findFirst()
                .orElseThrow()
                .path("number")
                .asInt();
    }

    @Test
    void a_question_is_asked_and_both_sides_words_are_read_there() {
        Trade trade = Trade.placed();
        trade.seenBy("merchant");
        String words = "Which colour do you want? " + UUID.randomUUID();
        Map<String, String> question = Map.of("kind", "QUESTION", "text", words, "days", "2");
        assertThat(merchant.does(path(trade.id()) + "/open-case", question).statusCode())
                .isEqualTo(303);
        assertThat(merchant.get(path(trade.id())).body()).contains(words, "An answer is asked for until");
        act(trade, "answer-case", Map.of("number", 1, "text", Digest.sha256("blue")));
        assertThat(offered(trade)).doesNotContain("answer-case");
    }

    @Test
    void a_review_is_answered_once_and_the_buyer_reads_the_words() {
        Trade trade = Trade.placed().fund().ship().deliver();
        trade.seenBy("merchant");
        assertThat(offered(trade)).doesNotContain("answer-review");
        trade.review(2, Digest.sha256("late " + UUID.randomUUID()));
        trade.seenBy("merchant");
        awaitOffer(trade, "answer-review");
        String form = path(trade.id()) + "/answer-review";
        String words = "It was the strike; we are sorry. " + UUID.randomUUID();
        Map<String, String> fields = merchant.form(form);
        fields.putAll(Map.of("line", "1", "text", words, "step", "review"));
        HttpResponse<String> review = merchant.post(form, fields);
        assertThat(review.body()).contains("The review of line 1 is answered", "once and no more", words);
        Map<String, String> confirmed = ConsoleSession.hidden(review);
        confirmed.put("step", "write");
        assertThat(merchant.post(form, confirmed).statusCode()).isEqualTo(303);
        assertThat(merchant.get(path(trade.id())).body()).contains("Line 1: 2 out of 5", words);
        assertThat(offered(trade)).doesNotContain("answer-review");
        Digest commitment = new PrivateField("review.answer", Objects.requireNonNull(confirmed.get(Typed.SALT)), words)
                .commitment();
        assertThat(system.http(system.token("buyer"))
                        .get("/api/v1/private-fields/" + commitment)
                        .text("value"))
                .isEqualTo(words);
        TestHttp merchantsApi = system.http(system.token("merchant"));
        assertThat(merchantsApi
                        .post(
                                "/api/v1/consignments/" + trade.id() + "/answer-review",
                                Map.of("line", 1, "text", Digest.ZERO))
                        .code())
                .isEqualTo("REVIEW_ANSWERED");
        assertThat(merchantsApi
                        .post(
                                "/api/v1/consignments/" + trade.id() + "/answer-review",
                                Map.of("line", 2, "text", Digest.ZERO))
                        .status())
                .isEqualTo(404);
    }

    /** A review makes no new version of the consignment that could be waited for. */
    private void awaitOffer(Trade trade, String act) {
        Instant end = Instant.now().plusSeconds(60);
        while (!offered(trade).contains(act) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(offered(trade)).contains(act);
    }

    @Test
    void a_merchant_whose_key_is_elsewhere_sees_what_is_possible_and_how_and_no_button() {
        Trade trade = Trade.placed();
        trade.seenBy("merchant");
        ConsoleSession elsewhere = new ConsoleSession(system.token(new Caller(
                "elsewhere", Set.of(Role.MERCHANT), system.person("merchant").party(), null)));
        String page = elsewhere.get(path(trade.id())).body();
        assertThat(page).contains("does not hold your key", "Call off").doesNotContain("data-act");
        HttpResponse<String> form = elsewhere.get(path(trade.id()) + "/cancel");
        assertThat(form.statusCode()).isEqualTo(403);
        assertThat(form.body()).contains("your own device");
    }

    private List<String> offered(Trade trade) {
        return OFFERED.matcher(merchant.get(path(trade.id())).body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private Map<String, String> shipping(Map<String, String> hidden, Trade trade) {
        Map<String, String> fields = new LinkedHashMap<>(hidden);
        fields.put("items-1", trade.serial());
        fields.put("carrier", system.person("carrier").party().value());
        fields.put("place", "geo:-23.55,-46.63");
        return fields;
    }

    private void act(Trade trade, String action, Map<String, ?> body) {
        TestHttp.Answer answer =
                system.http(system.token("buyer")).post("/api/v1/consignments/" + trade.id() + "/" + action, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }
}
