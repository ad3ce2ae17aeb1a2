package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.Trade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A merchant ships and refunds by the console: in Chromium, on 320 pixels, by the keyboard, in two languages and both directions. */
class ConsoleInBrowserTest {
    private static final String REFUNDED = "1500";
    private static final Map<Language, Trade> TRADES = new LinkedHashMap<>();
    private static List<JsonNode> screens = List.of();

    @BeforeAll
    static void act() throws Exception {
        Browser browser = Browser.open();
        GatewayTestSystem system = GatewayTestSystem.get();
        List<Map<String, String>> trips = new ArrayList<>();
        for (Language language : List.of(Language.ENGLISH, Language.ARABIC)) {
            Trade trade = Trade.placed().fund();
            trade.seenBy("merchant");
            TRADES.put(language, trade);
            trips.add(Map.of(
                    "language", language.code(),
                    "id", trade.id().value(),
                    "serial", trade.serial(),
                    "amount", REFUNDED));
        }
        screens = browser.run(
                "console.mjs",
                Map.of(
                        "base", system.address().toString(),
                        "chromium", browser.chromium(),
                        "token", system.token("merchant"),
                        "carrier", system.person("carrier").party().value(),
                        "trips", trips));
    }

    @Test
    void what_was_confirmed_is_on_the_ledger() {
        assertThat(TRADES).hasSize(2);
        TRADES.forEach((language, trade) -> {
            JsonNode now = trade.goOnFrom(4).seenBy("merchant").path("consignment");
            assertThat(now.path("goods").asString()).isEqualTo("SHIPPED");
            assertThat(now.path("items").path(0).path("epcs").path(0).asString())
                    .isEqualTo(trade.epc().uri());
            assertThat(now.path("money").path("buyer").asString()).isEqualTo(REFUNDED);
        });
    }

    @Test
    void every_screen_fits_a_phone_breaks_no_wcag_and_is_reached_by_the_keyboard() {
        assertThat(screens).hasSize(14).allSatisfy(screen -> {
            assertThat(screen.path("overflow").asInt()).as(name(screen)).isLessThanOrEqualTo(0);
            assertThat(screen.path("violations")).as(name(screen)).isEmpty();
            assertThat(screen.path("errors")).as(name(screen)).isEmpty();
            assertThat(screen.path("focusable").asBoolean()).as(name(screen)).isTrue();
        });
    }

    @Test
    void every_word_is_of_the_language_that_was_chosen() {
        assertThat(screens)
                .filteredOn(screen -> screen.path("asked").asString().equals("ar"))
                .hasSize(7)
                .allSatisfy(screen -> {
                    assertThat(screen.path("direction").asString()).isEqualTo("rtl");
                    screen.path("words")
                            .forEach(word -> assertThat(Messages.isEnglish(word.asString(), Language.ARABIC))
                                    .as(name(screen) + ": " + word)
                                    .isFalse());
                });
    }

    @Test
    void what_will_be_written_and_what_it_means_for_the_money_is_said_before_it_is_written() {
        assertThat(english("fault")).contains("This is no party id", "nobody");
        assertThat(english("confirm-ship")).contains("the carrier has 1 items", "The money stays in escrow");
        assertThat(english("shipped")).contains("It is on the ledger: Ship", "Shipped", "Labels to print");
        assertThat(english("confirm-refund")).contains("1,500 back to the buyer", "That is final");
        assertThat(english("refunded")).contains("It is on the ledger: Refund");
    }

    private static String english(String name) {
        return screens.stream()
                .filter(screen -> screen.path("asked").asString().equals("en"))
                .filter(screen -> screen.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("text")
                .asString();
    }

    private static String name(JsonNode screen) {
        return screen.path("name").asString() + " in " + screen.path("asked").asString();
    }
}
