package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An item's passport on a phone of 320 pixels, from first paint to the network's end. */
class PassportInBrowserTest {
    private static final int MOST_BYTES = 60 * 1024;
    private static final int LONG = 205;

    private static Map<String, String> seenBefore = Map.of();
    private static List<JsonNode> visits = List.of();
    private static String path = "";
    private static String longPath = "";

    @BeforeAll
    static void visit() throws Exception {
        Browser browser = Browser.open();
        Trade trade = Trade.placed().fund().ship().deliver();
        trade.seenBy("buyer");
        trade.seenAt("carrier", "geo:-12.97,-38.50");
        path = "/01/" + Trade.GTIN + "/21/" + trade.serial();
        longPath = LongStory.told(LONG);
        awaitWarning(path);
        awaitWarning(longPath);
        GatewayTestSystem system = GatewayTestSystem.get();
        seenBefore = SignedLogs.before(system);
        visits = browser.run(
                "passport.mjs",
                Map.of(
                        "base",
                        system.address().toString(),
                        "chromium",
                        browser.chromium(),
                        "path",
                        path,
                        "long",
                        longPath,
                        "seenBefore",
                        seenBefore));
    }

    @Test
    void without_script_the_whole_story_is_there_and_nothing_is_called_checked() {
        JsonNode page = visit("without script");
        assertThat(page.path("text").asString())
                .contains("Shipped", "Received", "Sold and delivered", "First opened here", "geo:-23.55,-46.63")
                .doesNotContain("is authentic");
        assertThat(page.path("said").asString()).startsWith("Not checked.");
        assertThat(page.path("steps"))
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.path("text").asString()).isEqualTo("Not checked"));
        assertThat(page.path("stops").valueStream().map(JsonNode::asString)).containsExactly("1", "2", "3");
    }

    @Test
    void what_is_wrong_is_told_with_the_events_that_show_it() {
        JsonNode warning = visit("without script").path("warnings").path(0);
        assertThat(warning.path("kind").asString()).isEqualTo("IMPOSSIBLE_JOURNEY");
        assertThat(warning.path("text").asString()).startsWith("Between two places it would have had to be faster");
        assertThat(warning.path("shown").valueStream().map(JsonNode::asString))
                .containsExactly("Received", "Inspected");
        assertThat(visit("with script").path("text").asString())
                .contains(
                        "Sale, holder, warnings, declared errors, rating and first opening: they are this server’s summary");
    }

    @Test
    void with_script_it_turns_green_by_what_it_verified_itself_and_says_who_signed() {
        JsonNode page = visit("with script");
        assertThat(page.path("errors")).isEmpty();
        assertThat(page.path("verdict").asString()).contains("authentic");
        assertThat(page.path("said").asString()).isEqualTo("This history is authentic; a copied code looks identical.");
        assertThat(page.path("steps"))
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.path("text").asString())
                        .contains("Verified by this page", "AuditMSP", "Signer’s certificate"));
        assertThat(page.path("text").asString())
                .contains("Demonstration: one operator holds all keys", "Whether the thing in your hand is this item");
    }

    @Test
    void all_that_the_phone_loads_and_keeps_is_under_60_kilobytes_and_from_here() {
        JsonNode page = visit("with script");
        assertThat(page.path("bytes").asInt()).isBetween(5_000, MOST_BYTES);
        String here = page.path("requests").path(0).asString();
        String origin = here.substring(0, here.length() - path.length());
        assertThat(page.path("requests"))
                .allSatisfy(request -> assertThat(request.asString()).startsWith(origin + "/"));
    }

    @Test
    void of_a_long_story_the_newest_part_comes_first_and_says_that_there_is_more_and_where() {
        JsonNode page = visit("long story without script");
        assertThat(numbers(page))
                .hasSize(ItemStory.PART)
                .startsWith("event-186")
                .endsWith("event-205");
        assertThat(page.path("text").asString())
                .contains("Shown here: events 186 to 205 of 205", "Only the way through the events shown here.");
        assertThat(texts(page.path("parts"))).containsExactly("prev " + longPath + "?until=185");
        assertThat(page.path("text").asString()).contains("The events that are not shown here: open their part.");
        JsonNode before = visit("long story, the part before");
        assertThat(numbers(before)).startsWith("event-166").endsWith("event-185");
        assertThat(texts(before.path("parts")))
                .containsExactly("prev " + longPath + "?until=165", "next " + longPath + "?until=205");
    }

    @Test
    void a_part_is_called_authentic_as_the_part_that_it_is() {
        assertThat(visit("long story").path("said").asString())
                .isEqualTo("Events 186 to 205 of 205, those shown here, are authentic; a copied code looks identical.");
        assertThat(visit("long story").path("verdict").asString()).contains("authentic");
        assertThat(visit("long story").path("bytes").asInt()).isBetween(5_000, MOST_BYTES);
        assertThat(visit("long story").path("violations")).isEmpty();
        assertThat(visit("long story, the part before").path("said").asString()).startsWith("Events 166 to 185 of 205");
    }

    @Test
    void warnings_are_of_the_whole_story_whatever_part_is_shown() {
        for (String part : List.of("long story", "long story, the part before", "long story, the part of a warning")) {
            assertThat(visit(part).path("warned").asString())
                    .as(part)
                    .contains("faster than an airliner", LongStory.AT_LAST)
                    .doesNotContain(LongStory.IN_ERROR);
        }
        assertThat(texts(visit("long story").path("shownAt")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(2, 3, 3, 4)
                        .map(number -> longPath + "?until=5#event-" + number)
                        .toList());
        JsonNode first = visit("long story, the part of a warning");
        assertThat(numbers(first)).startsWith("event-1").endsWith("event-5");
        assertThat(texts(first.path("shownAt")))
                .containsExactlyInAnyOrder("#event-2", "#event-3", "#event-3", "#event-4");
        assertThat(texts(first.path("parts"))).containsExactly("next " + longPath + "?until=25");
        assertThat(first.path("stops").valueStream().map(JsonNode::asString)).containsExactly("1 2 4 5", "3");
    }

    @Test
    void an_event_that_was_declared_to_be_in_error_says_so() {
        JsonNode page = visit("long story without script");
        assertThat(texts(page.path("inError")))
                .containsExactly(
                        "event-205: Who recorded this event declared it to be in error. It was recorded wrongly."
                                + " What is right was recorded as another event.");
    }

    private static List<String> numbers(JsonNode page) {
        return texts(page.path("numbers"));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void it_passes_axe_in_light_and_dark_and_does_not_scroll_sideways() {
        assertThat(visit("with script").path("violations")).isEmpty();
        assertThat(visits)
                .allSatisfy(page -> assertThat(page.path("overflow").asInt()).isLessThanOrEqualTo(0));
    }

    @Test
    void printed_it_is_the_verdict_the_timeline_and_the_map() {
        assertThat(visit("with script").path("printed").valueStream().map(JsonNode::asString))
                .containsExactly("#story", ".map", "#verdict");
    }

    @Test
    void read_aloud_it_is_the_verdict_then_the_events_as_a_list_and_the_map_by_its_name() {
        String aloud = visit("with script").path("aloud").asString();
        assertThat(aloud)
                .containsSubsequence(
                        "- heading",
                        "- status:",
                        "This history is authentic",
                        "- heading \"What was recorded\"",
                        "- list:",
                        "- listitem:",
                        "Shipped",
                        "Recorded by",
                        "- listitem:",
                        "Received",
                        "- img \"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a flipped byte of a proof", "another place than was recorded"})
    void a_lie_turns_it_red(String lie) {
        JsonNode page = visit(lie);
        assertThat(page.path("verdict").asString()).contains("refused").doesNotContain("authentic");
        assertThat(page.path("said").asString()).startsWith("Not verified");
    }

    @Test
    void proofs_that_do_not_come_leave_it_unchecked() {
        JsonNode page = visit("proofs that do not come");
        assertThat(page.path("verdict").asString()).contains("unknown");
        assertThat(page.path("said").asString()).isEqualTo("Not all was checked: see each event.");
    }

    @Test
    void once_seen_it_works_and_verifies_without_a_network_and_says_that_it_is_a_copy() {
        List<JsonNode> cut = visits.stream()
                .filter(visit -> visit.path("name").asString().startsWith("without network"))
                .toList();
        assertThat(cut).hasSize(2).allSatisfy(page -> {
            assertThat(page.path("offline").asBoolean()).isTrue();
            assertThat(page.path("verdict").asString()).contains("authentic");
            assertThat(page.path("text").asString()).contains("A copy kept on this device");
        });
        assertThat(visit("with script").path("offline").asBoolean()).isFalse();
    }

    @Test
    void a_log_that_goes_on_from_what_was_seen_of_it_is_followed() {
        JsonNode page = visit(SignedLogs.GOES_ON);
        assertThat(page.path("verdict").asString()).contains("authentic");
        assertThat(size(page.path("remembered").asString()))
                .isGreaterThan(size(Objects.requireNonNull(seenBefore.get(SignedLogs.GOES_ON))));
    }

    @Test
    void a_log_that_was_another_one_turns_it_red_and_both_signed_notes_are_shown_though_every_signature_is_right() {
        JsonNode page = visit(SignedLogs.FORKED);
        String note = Objects.requireNonNull(seenBefore.get(SignedLogs.FORKED));
        assertThat(page.path("verdict").asString()).contains("refused").doesNotContain("authentic");
        assertThat(page.path("said").asString())
                .startsWith("Do not rely on this history")
                .contains(note.lines().toList())
                .contains("AuditMSP");
        assertThat(page.path("steps"))
                .allSatisfy(step -> assertThat(step.path("text").asString()).contains("Verified by this page"));
        assertThat(page.path("remembered").asString()).isEqualTo(note);
        assertThat(page.path("overflow").asInt()).isLessThanOrEqualTo(0);
        assertThat(page.path("violations")).isEmpty();
    }

    private static long size(String note) {
        return Long.parseLong(note.lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void it_can_be_installed() {
        JsonNode manifest = visit("with script").path("manifest");
        assertThat(manifest.path("errors")).isEmpty();
        // a test's browser remembers nothing, which is the one thing that hinders it
        assertThat(texts(manifest.path("hindrances"))).isSubsetOf("in-incognito");
        JsonNode data = Json.MAPPER.readTree(manifest.path("data").asString());
        assertThat(data.path("start_url").asString()).isEqualTo(path);
        assertThat(data.path("display").asString()).isEqualTo("standalone");
        assertThat(data.path("icons").path(0).path("sizes").asString()).isEqualTo("any");
    }

    @Test
    void shared_it_comes_with_a_picture_and_the_right_words() throws Exception {
        JsonNode social = visit("with script").path("social");
        assertThat(social.path("og:description").asString())
                .startsWith("Demonstration")
                .contains("A copied code looks identical");
        String card = URI.create(social.path("og:image").asString()).getRawPath();
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(GatewayTestSystem.get().address() + card))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(Stream.of("og:title", "og:url", "og:image:alt"))
                .allSatisfy(name -> assertThat(social.path(name).asString()).isNotEmpty());
    }

    private static void awaitWarning(String item) throws InterruptedException {
        TestHttp auditor = GatewayTestSystem.get().http(GatewayTestSystem.get().token("auditor"));
        String address = "/api/v1/items" + item + "/warnings";
        Instant end = Instant.now().plusSeconds(90);
        while (auditor.get(address).body().path("warnings").isEmpty()
                && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
    }

    private static JsonNode visit(String name) {
        return visits.stream()
                .filter(visit -> visit.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
