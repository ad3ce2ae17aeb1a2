package io.clearmarket.gateway.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.testing.Browser;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The 3D model of an item's maker is shown if its hash is the ledger's, and not else. */
class ItemModelInBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final GatewayTestSystem SYSTEM = GatewayTestSystem.get();

    private static List<JsonNode> visits = List.of();
    private static String named = "";
    private static String privately = "";

    @BeforeAll
    static void visit() throws Exception {
        Browser browser = Browser.open();
        TestMarket.get();
        named = made(stored(Glb.triangle(), "model/gltf-binary"));
        String inParts = made(stored(Glb.withPictureAt("https://elsewhere.example/red.png"), "model/gltf-binary"));
        privately = made(stored("a private letter".getBytes(UTF_8), "text/plain"));
        visits = browser.run(
                "model.mjs",
                Map.of(
                        "base",
                        SYSTEM.address().toString(),
                        "chromium",
                        browser.chromium(),
                        "named",
                        named,
                        "inParts",
                        inParts));
    }

    @Test
    void the_makers_model_is_drawn_once_its_event_is_proven_and_its_hash_is_the_ledgers() {
        JsonNode page = visit("as recorded");
        assertThat(page.path("before").asString()).isEqualTo("Not checked");
        assertThat(page.path("said").asString()).isEqualTo("This is the very file that the maker recorded.");
        assertThat(page.path("kind").asString()).contains("authentic");
        assertThat(page.path("red").asInt()).as("red pixels of the triangle").isGreaterThan(500);
        assertThat(page.path("turned").asInt())
                .as("pixels that an arrow key changed")
                .isGreaterThan(100);
        assertThat(page.path("errors")).isEmpty();
        assertThat(page.path("violations")).isEmpty();
        assertThat(page.path("overflow").asInt()).isLessThanOrEqualTo(0);
        assertThat(page.path("early")).as("the viewer is loaded when asked for").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a flipped byte of the model",
                "a flipped byte of the event",
                "another hash in the page",
                "parts elsewhere"
            })
    void anything_else_is_not_shown_and_the_page_says_so(String lie) {
        JsonNode page = visit(lie);
        assertThat(page.path("kind").asString()).contains("refused");
        assertThat(page.path("said").asString()).startsWith("Not shown: this is not the file that the maker recorded");
        assertThat(page.path("canvas").asBoolean()).isFalse();
    }

    @Test
    void nothing_is_shown_of_an_event_that_is_not_proven() {
        JsonNode page = visit("a proof that does not come");
        assertThat(page.path("kind").asString()).contains("unknown");
        assertThat(page.path("said").asString()).startsWith("Not shown: the event that names it is not verified");
        assertThat(page.path("canvas").asBoolean()).isFalse();
    }

    @Test
    void a_document_does_not_become_public_because_somebody_names_it_as_a_model() throws Exception {
        TestHttp anybody = SYSTEM.http(null);
        assertThat(anybody.get("/passport" + named + "/model.glb").status()).isEqualTo(200);
        assertThat(anybody.get("/passport" + privately + "/model.glb").status()).isEqualTo(404);
    }

    private static Digest stored(byte[] file, String mediaType) throws Exception {
        Digest hash = Digest.sha256(file);
        Answer answer = TestHttp.send(maker().request("/api/v1/documents/" + hash)
                .header("Content-Type", mediaType)
                .PUT(BodyPublishers.ofByteArray(file))
                .build());
        assertThat(answer.status()).isIn(200, 201);
        return hash;
    }

    /** A new item whose commissioning names the model; the path of its page, once it is there. */
    private static String made(Digest model) throws Exception {
        String serial = UUID.randomUUID().toString().substring(0, 12);
        String event = """
                {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"schema":"https://schema.org/"}],
                 "type":"ObjectEvent","action":"ADD","bizStep":"commissioning","disposition":"active",
                 "eventTime":"%s","eventTimeZoneOffset":"+00:00","epcList":["%s"],
                 "ilmd":{"schema:subjectOf":{"schema:encodingFormat":"model/gltf-binary","schema:sha256":"%s"}}}""".formatted(Instant.now(), Epc.of(Trade.GTIN, serial).uri(), model);
        Answer captured = TestHttp.send(maker().request("/epcis/events")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofString(event))
                .build());
        assertThat(captured.status()).as(captured.body().toString()).isEqualTo(201);
        String path = "/01/" + Trade.GTIN + "/21/" + serial;
        Instant end = Instant.now().plus(PATIENCE);
        while (SYSTEM.http(null).get(path).status() != 200 && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        return path;
    }

    private static TestHttp maker() {
        return SYSTEM.http(SYSTEM.token("merchant"));
    }

    private static JsonNode visit(String name) {
        return visits.stream()
                .filter(visit -> visit.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
