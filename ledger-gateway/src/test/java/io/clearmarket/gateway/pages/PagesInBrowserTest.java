package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pages in Chromium, on a phone's 320 pixels and on a desk, in every language, over the whole system. */
class PagesInBrowserTest {
    private static final List<String> LANGUAGES =
            Language.codes().stream().filter(code -> !code.equals("en")).toList();
    private static final String NOTICE = "Demonstration: one operator holds all keys";

    private static List<JsonNode> visits = List.of();
    private static @Nullable Trade trade;
    private static @Nullable Trade toShip;
    private static JsonNode ledger = Json.MAPPER.missingNode();
    private static JsonNode rating = Json.MAPPER.missingNode();

    @BeforeAll
    static void visit() throws Exception {
        Browser browser = Browser.open();
        Trade paidInPart = Trade.placed();
        trade = paidInPart;
        paidInPart.fund().ship().deliver().accept(70_000).paid(70_000).accept(1_234);
        ledger = paidInPart.seenBy("merchant").path("consignment");
        GatewayTestSystem system = GatewayTestSystem.get();
        Trade reviewed = Trade.placed().fund().ship().deliver();
        system.awaitRead();
        long before = productRating(system).path("reviews").asLong();
        reviewed.review(4, Digest.ZERO).seenBy("merchant");
        rating = awaitRating(system, before);
        String item = "/01/" + Trade.GTIN + "/21/" + paidInPart.serial();
        JsonNode versions = system.http(system.token("auditor"))
                .get("/api/v1/consignments/" + paidInPart.id() + "/history")
                .body()
                .path("items");
        long block = versions.path(versions.size() - 1).path("block").asLong();
        system.http(system.token("merchant")).post("/api/v1/access-keys", Map.of("label", "shop-on-page"));
        system.http(system.token("merchant"))
                .post(
                        "/api/v1/webhooks",
                        Map.of("url", "http://127.0.0.1:9/pages", "types", List.of("consignment.reclaimed")));
        toShip = Trade.placed().fund();
        system.awaitRead();
        Map<String, Object> wanted = Map.of(
                "base", system.address().toString(),
                "chromium", browser.chromium(),
                "token", Map.of("merchant", system.token("merchant"), "auditor", system.token("auditor")),
                "languages", LANGUAGES,
                "pages",
                        List.of(
                                Map.of("path", "/"),
                                Map.of("path", "/login"),
                                Map.of("path", item, "wide", true),
                                Map.of("path", "/01/" + Trade.GTIN + "/21/unheard-of"),
                                Map.of("path", "/own" + item, "scripted", true, "wide", true),
                                Map.of("path", "/merchant"),
                                Map.of("path", "/merchant", "as", "merchant", "wide", true),
                                Map.of("path", "/statement", "as", "merchant", "wide", true),
                                Map.of(
                                        "path",
                                        "/merchant/consignments/" + paidInPart.id(),
                                        "as",
                                        "merchant",
                                        "wide",
                                        true),
                                Map.of("path", "/merchant/figures", "as", "merchant", "wide", true),
                                Map.of("path", "/audit/figures", "as", "auditor", "brief", true, "wide", true),
                                Map.of("path", "/merchant/developer", "as", "merchant", "brief", true, "wide", true),
                                Map.of("path", "/audit/blocks", "as", "auditor", "brief", true, "wide", true),
                                Map.of("path", "/audit/blocks?number=" + block, "as", "auditor", "brief", true),
                                Map.of(
                                        "path",
                                        "/audit?q=" + paidInPart.terms().orderId() + "&consignment=" + paidInPart.id(),
                                        "as",
                                        "auditor",
                                        "wide",
                                        true)));
        visits = browser.run("pages.mjs", wanted);
    }

    @Test
    void no_page_scrolls_sideways_or_breaks_its_own_policy() {
        assertThat(visits).isNotEmpty().allSatisfy(visit -> {
            assertThat(visit.path("overflow").asInt()).as(name(visit)).isLessThanOrEqualTo(0);
            assertThat(visit.path("policy").asString()).contains("default-src 'none'");
            // a page that says 4xx is reported by the browser as an error of its own
            if (visit.path("status").asInt() == 200) {
                assertThat(visit.path("errors")).as(name(visit)).isEmpty();
            }
        });
    }

    @Test
    void a_screen_of_4k_is_used_and_no_line_of_text_gets_long() {
        List<JsonNode> wide = visits.stream()
                .filter(visit -> visit.path("width").asInt() == 3840)
                .toList();
        assertThat(wide).hasSizeGreaterThanOrEqualTo(9).allSatisfy(visit -> {
            JsonNode spread = visit.path("spread");
            assertThat(spread.path("longest").asDouble()).as(name(visit)).isLessThanOrEqualTo(46);
            assertThat(spread.path("size").asDouble()).as(name(visit)).isGreaterThanOrEqualTo(20);
            assertThat(spread.path("used").asDouble())
                    .as(name(visit))
                    .isGreaterThan(spread.path("broad").asBoolean() ? 0.7 : 0.35);
        });
        assertThat(wide)
                .flatExtracting(visit ->
                        visit.path("spread").path("charts").valueStream().toList())
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(row -> assertThat(row.asDouble()).as("of the row").isGreaterThan(0.9));
    }

    @Test
    void no_page_breaks_wcag_in_light_or_dark() {
        assertThat(visits)
                .isNotEmpty()
                .allSatisfy(visit ->
                        assertThat(visit.path("violations")).as(name(visit)).isEmpty());
        assertThat(visits).filteredOn(visit -> visit.has("violations")).hasSizeGreaterThanOrEqualTo(24);
    }

    @Test
    void after_switching_the_language_no_english_word_of_ours_is_left() {
        for (String code : LANGUAGES) {
            Language language = Language.of(code).orElseThrow();
            List<JsonNode> translated = visits.stream()
                    .filter(visit -> visit.path("asked").asString("").equals(code))
                    .toList();
            assertThat(translated).hasSizeGreaterThan(4).allSatisfy(visit -> {
                assertThat(visit.path("language").asString()).as(name(visit)).isEqualTo(language.tag());
                assertThat(visit.path("direction").asString()).as(name(visit)).isEqualTo(language.direction());
                visit.path("words")
                        .forEach(word -> assertThat(Messages.isEnglish(word.asString(), language))
                                .as(name(visit) + ": " + word)
                                .isFalse());
            });
        }
    }

    @Test
    void a_chosen_language_is_remembered() {
        JsonNode home = visits.stream()
                .filter(visit -> visit.path("path").asString().equals("/"))
                .toList()
                .getLast();
        assertThat(home.path("direction").asString()).isEqualTo("rtl");
    }

    @Test
    void every_page_says_that_it_is_a_demonstration() {
        assertThat(english())
                .isNotEmpty()
                .allSatisfy(visit -> assertThat(visit.path("text").asString()).contains(NOTICE));
    }

    @Test
    void figures_by_days_are_drawn_and_told_as_tables() {
        for (String path : List.of("/merchant/figures", "/audit/figures")) {
            JsonNode page = english(path);
            assertThat(page.path("text").asString())
                    .contains("Decided and paid on each day", "Held at the end of the day", "The figures as a table");
            List<String> held = page.path("amounts")
                    .valueStream()
                    .filter(amount -> amount.path("name").asString().equals("day-held"))
                    .map(amount -> amount.path("value").asString())
                    .toList();
            assertThat(held).hasSize(30);
            assertThat(held.getLast()).as("money is held").isNotEqualTo("0");
            assertThat(lastTwo(page, "day-pending").getLast())
                    .as("money is decided and not paid")
                    .isNotEqualTo("0");
            assertThat(lastTwo(page, "day-toship").getLast())
                    .as("a consignment is to be shipped")
                    .isNotEqualTo("0");
            assertThat(lastTwo(page, "day-intime"))
                    .as("a delivery was in time")
                    .anyMatch(delivered -> !delivered.equals("0"));
            assertThat(page.path("text").asString())
                    .contains("Consignments at the end of the day", "Delivered in time", "Delivery by carrier");
        }
    }

    @Test
    void an_item_tells_its_story_to_anybody_and_names_no_buyer() {
        JsonNode page = english("/01/" + Trade.GTIN + "/21/" + trade().serial());
        assertThat(page.path("status").asInt()).isEqualTo(200);
        assertThat(page.path("text").asString())
                .contains("Sold and delivered")
                .contains("Shipped")
                .contains("A buyer")
                .doesNotContain(ledger.path("buyer").asString().substring(0, 8));
        assertThat(english("/01/" + Trade.GTIN + "/21/unheard-of")
                        .path("status")
                        .asInt())
                .isEqualTo(404);
        assertThat(english("/merchant").path("status").asInt()).isEqualTo(401);
    }

    @Test
    void a_rating_stands_on_the_items_and_the_merchants_page_with_how_many_purchases_it_rests_on() {
        String reviewed = rating.path("reviews").asInt() + " of "
                + rating.path("purchases").asInt();
        assertThat(rating.path("reviews").asInt()).isPositive();
        for (JsonNode page : List.of(english("/01/" + Trade.GTIN + "/21/" + trade().serial()), merchantPage())) {
            assertThat(page.path("text").asString()).contains("Accepted purchases with a review", reviewed);
            assertThat(amounts(page, ""))
                    .containsEntry("rating-mean", rating.path("mean").asString());
        }
    }

    @Test
    void a_merchants_amounts_are_the_ledgers_and_paid_is_not_decided() {
        JsonNode money = ledger.path("money");
        Map<String, String> shown = amounts(merchantPage(), trade().id().value());
        assertThat(shown)
                .containsEntry("held", money.path("held").asString())
                .containsEntry("gross", money.path("gross").asString())
                .containsEntry("paid", money.path("paidGross").asString())
                .containsEntry("waiting", "1234")
                .containsEntry("buyer", money.path("buyer").asString());
        assertThat(shown.get("paid")).isNotEqualTo(shown.get("gross"));
    }

    @Test
    void a_statement_shows_what_was_decided_and_what_was_paid_as_movements() {
        JsonNode page = visits.stream()
                .filter(visit -> visit.path("path").asString().equals("/statement"))
                .findFirst()
                .orElseThrow();
        assertThat(page.path("status").asInt()).isEqualTo(200);
        assertThat(page.path("text").asString()).contains("Opening").contains("Closing");
        Set<String> movements = page.path("amounts")
                .valueStream()
                .map(amount -> amount.path("of").asString())
                .filter(of -> of.startsWith(trade().id() + " "))
                .map(of -> List.of(of.split(" ", -1)).get(1))
                .collect(Collectors.toSet());
        assertThat(movements).containsExactlyInAnyOrder("DEPOSIT", "DECISION", "PAYOUT");
    }

    @Test
    void an_auditor_sees_the_consignment_the_check_and_every_version() {
        JsonNode page = visits.stream()
                .filter(visit -> visit.path("path").asString().startsWith("/audit?"))
                .findFirst()
                .orElseThrow();
        JsonNode money = ledger.path("money");
        assertThat(amounts(page, ""))
                .containsEntry("deposited", money.path("deposited").asString())
                .containsEntry("held", money.path("held").asString())
                .containsEntry("gross", money.path("gross").asString())
                .containsEntry("paid", money.path("paidGross").asString());
        assertThat(page.path("text").asString())
                .contains("every amount adds up")
                .contains("Decided amounts are waiting to be paid")
                .contains("Payout recorded")
                .contains(trade().id().value());
    }

    @Test
    void a_merchant_sees_what_is_to_be_done_and_how_promises_were_kept() {
        assertThat(merchantPage().path("text").asString())
                .contains("To do now")
                .contains("Ship it " + Objects.requireNonNull(toShip).id())
                .contains("Promises kept");
    }

    @Test
    void a_merchants_developer_sees_keys_and_webhooks_and_no_secret() {
        assertThat(english("/merchant/developer").path("text").asString())
                .contains("shop-on-page")
                .contains("http://127.0.0.1:9/pages")
                .contains("Nothing was sent yet.")
                .doesNotContain("cmk_", "whsec_");
    }

    @Test
    void an_auditor_follows_blocks_to_transactions_with_signers_and_endorsers() {
        JsonNode one = english().stream()
                .filter(visit -> visit.path("path").asString().startsWith("/audit/blocks?"))
                .findFirst()
                .orElseThrow();
        assertThat(one.path("text").asString())
                .contains("Accepted by the buyer")
                .contains("Endorsed by the peers of")
                .contains("AuditMSP")
                .contains(trade().id().value());
        assertThat(english("/audit/blocks").path("text").asString()).contains("Transactions");
    }

    /** Once there is one review more. The test market has one merchant and one product, so both ratings are the same. */
    private static JsonNode awaitRating(GatewayTestSystem system, long before) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (productRating(system).path("reviews").asLong() == before
                && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        JsonNode merchant = system.http(system.token("buyer"))
                .get("/api/v1/ratings/merchants/" + system.person("merchant").party())
                .body();
        assertThat(merchant.path("purchases")).isEqualTo(productRating(system).path("purchases"));
        assertThat(merchant.path("reviews").asLong()).isEqualTo(before + 1);
        return merchant;
    }

    private static JsonNode productRating(GatewayTestSystem system) {
        return system.http(system.token("buyer"))
                .get("/api/v1/ratings/01/" + Trade.GTIN)
                .body();
    }

    /** What the last two days say: what happened on a day may have been just before midnight; how things stand at its end is the last one's. */
    private static List<String> lastTwo(JsonNode page, String name) {
        List<String> days = page.path("amounts")
                .valueStream()
                .filter(amount -> amount.path("name").asString().equals(name))
                .map(amount -> amount.path("value").asString())
                .toList();
        return days.subList(Math.max(0, days.size() - 2), days.size());
    }

    private static Trade trade() {
        return Objects.requireNonNull(trade);
    }

    private static JsonNode merchantPage() {
        return visits.stream()
                .filter(visit -> visit.path("path").asString().equals("/merchant")
                        && visit.path("status").asInt() == 200)
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> english() {
        return visits.stream()
                .filter(visit -> visit.path("language").asString().equals("en"))
                .toList();
    }

    private static JsonNode english(String path) {
        return english().stream()
                .filter(visit -> visit.path("path").asString().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** Amounts by name; what a reader sees must be the value, but for the grouping. */
    private static Map<String, String> amounts(JsonNode page, String consignment) {
        Map<String, String> amounts = new HashMap<>();
        page.path("amounts").forEach(amount -> {
            String value = amount.path("value").asString();
            assertThat(amount.path("shown").asString().replace(",", "")).isEqualTo(value);
            if (amount.path("of").asString().equals(consignment)) {
                amounts.put(amount.path("name").asString(), value);
            }
        });
        return amounts;
    }

    private static String name(JsonNode visit) {
        return visit.path("path").asString() + " at " + visit.path("width").asInt();
    }
}
