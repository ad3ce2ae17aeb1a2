package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.QueryName;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.gateway.events.BlockFeed;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Queries, documents and the event stream through HTTP, over the embedded network and the real chaincode. */
class ReadSideTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestMarket market = TestMarket.get();

    @Test
    void a_consignment_is_what_the_chaincode_answers_as_of_a_block() throws IOException {
        Trade trade = Trade.placed().fund().ship().deliver().accept(70_000).paid(70_000);
        JsonNode seen = trade.seenBy("merchant");
        byte[] record = system.context()
                .getBean(LedgerClient.class)
                .evaluate(
                        "PlatformMSP",
                        QueryName.GET,
                        List.of("consignment", trade.id().value()));
        assertThat(seen.path("consignment")).isEqualTo(Json.MAPPER.readTree(record));
        assertThat(seen.path("asOf").path("block").asLong()).isPositive();
        assertThat(seen.path("asOf").path("hash").asString()).hasSize(64);
        assertThat(seen.path("terms").path("total").asString()).isEqualTo("125000");

        JsonNode escrow = as("buyer").get("/api/v1/escrow/" + trade.id()).body();
        assertThat(escrow.path("money").path("held").asString()).isEqualTo("55000");
        assertThat(escrow.path("settled").asBoolean()).isTrue();
        assertThat(escrow.path("breaches")).isEmpty();

        JsonNode history = as("arbiter")
                .get("/api/v1/consignments/" + trade.id() + "/history")
                .body();
        assertThat(history.path("items"))
                .extracting(version -> version.path("command").asString())
                .containsExactly("placeOrder", "recordDeposit", "ship", "deliver", "accept", "recordPaid");
        assertThat(history.path("items"))
                .allSatisfy(version -> assertThat(version.path("endorsers"))
                        .extracting(endorser -> endorser.path("mspId").asString())
                        .contains("AuditMSP")
                        .hasSizeGreaterThan(1));
        assertThat(inParts("/api/v1/consignments/" + trade.id() + "/history?limit=4"))
                .containsExactlyElementsOf(history.path("items"));
    }

    /** All items of a list that is asked for part by part. */
    private List<JsonNode> inParts(String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode part = as("arbiter").get(path + next).body();
            part.path("items").forEach(items::add);
            next = part.hasNonNull("next") ? "&cursor=" + part.path("next").asString() : "";
        } while (!next.isEmpty());
        return items;
    }

    @Test
    void what_is_not_yours_is_not_there() {
        Trade trade = Trade.placed();
        trade.seenBy("buyer");
        Caller stranger = new Caller("x", Set.of(Role.MERCHANT), new PartyId("ab".repeat(32)), null);
        TestHttp http = system.http(system.token(stranger));
        for (String path : List.of(
                "/api/v1/consignments/" + trade.id(),
                "/api/v1/consignments/" + trade.id() + "/history",
                "/api/v1/escrow/" + trade.id(),
                "/api/v1/orders/" + trade.terms().orderId())) {
            assertThat(http.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(http.get("/api/v1/consignments").body().path("items")).isEmpty();
        assertThat(http.get("/api/v1/orders").body().path("items")).isEmpty();
        assertThat(http.get("/api/v1/audit/conservation").status()).isEqualTo(403);
        assertThat(http.get("/api/v1/audit/search?q=order-").status()).isEqualTo(403);
        assertThat(as("buyer").get("/api/v1/orders/" + trade.terms().orderId()).status())
                .isEqualTo(200);
    }

    @Test
    void bad_queries_are_problems_and_never_failures_of_ours() {
        for (String path : List.of(
                "/api/v1/consignments?limit=0",
                "/api/v1/consignments?limit=x",
                "/api/v1/consignments?cursor=%00",
                "/api/v1/consignments?state=lost",
                "/api/v1/consignments?merchant=me",
                "/api/v1/consignments/x",
                "/api/v1/orders/x",
                "/api/v1/parties/x",
                "/api/v1/items/urn:epc:id:sgtin:1.2.3/events",
                "/api/v1/items/01/123/21/1/events",
                "/api/v1/documents/x",
                "/api/v1/events?after=x",
                "/api/v1/audit/search",
                "/api/v1/audit/search?q=" + "x".repeat(301),
                "/api/v1/webhooks/x")) {
            Answer answer = as("auditor").get(path);
            assertThat(answer.status()).as(path).isBetween(400, 422);
            assertThat(answer.contentType()).as(path).startsWith("application/problem+json");
            assertThat(answer.code()).as(path).isNotEmpty();
        }
    }

    @Test
    void an_auditor_finds_the_consignment_and_all_money_adds_up() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("auditor");
        JsonNode hits = as("auditor")
                .get("/api/v1/audit/search?q=" + trade.terms().orderId())
                .body();
        assertThat(hits.path("items"))
                .extracting(hit -> hit.path("kind").asString())
                .contains("consignment", "order");
        JsonNode check = as("auditor").get("/api/v1/audit/conservation").body();
        assertThat(check.path("checked").asLong()).isPositive();
        assertThat(check.path("differing")).isEmpty();
        JsonNode totals = check.path("totals").path(0);
        assertThat(totals.path("deposited").asLong())
                .isEqualTo(totals.path("held").asLong()
                        + totals.path("gross").asLong()
                        + totals.path("buyer").asLong());
    }

    @Test
    void an_items_events_and_documents_are_readable_and_other_documents_are_not() {
        Trade trade = Trade.placed().fund().ship();
        trade.seenBy("buyer");
        JsonNode item = as("buyer")
                .get("/api/v1/items/01/" + Trade.GTIN + "/21/" + trade.serial() + "/events")
                .body();
        assertThat(item.path("events")).hasSize(1);
        String document =
                item.path("events").path(0).path("event").path("document").asString();
        assertThat(system.http(null).get("/api/v1/documents/" + document).status())
                .isEqualTo(200);

        byte[] note = ("private " + trade.id()).getBytes(UTF_8);
        String path = "/api/v1/documents/" + Digest.sha256(note);
        assertThat(put("buyer", path, note)).isEqualTo(201);
        assertThat(put("buyer", path, note)).isEqualTo(200);
        assertThat(put("buyer", path, "other".getBytes(UTF_8))).isEqualTo(422);
        assertThat(as("buyer").get(path).status()).isEqualTo(200);
        assertThat(as("auditor").get(path).status()).isEqualTo(200);
        assertThat(as("carrier").get(path).status()).isEqualTo(404);
        assertThat(system.http(null).get(path).status()).isEqualTo(404);
    }

    @Test
    @Timeout(240)
    void the_event_stream_resumes_after_the_last_id_seen() throws Exception {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        List<JsonNode> first = events("/api/v1/events", "-1", trade, "deposit.seen");
        assertThat(first).extracting(e -> e.path("type").asString()).contains("order.placed", "consignment.funded");
        trade.ship();
        String last = first.getLast().path("position").asString();
        List<JsonNode> then = events("/api/v1/events", last, trade, "consignment.shipped");
        assertThat(then).hasSize(1);
        assertThat(then.getFirst().path("data").path("goods").asString()).isEqualTo("SHIPPED");
    }

    @Test
    @Timeout(240)
    void the_same_events_are_told_as_cloud_events() throws Exception {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        String funded = "io.clearmarket.consignment.funded";
        JsonNode event =
                events("/api/v1/events?format=cloudevents", "-1", trade, funded).getLast();
        assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        assertThat(event.path("id")).isEqualTo(event.path("data").path("position"));
        assertThat(event.path("source").asString()).isEqualTo("urn:" + GatewayTestSystem.LEDGER);
        assertThat(event.path("subject").asString()).isEqualTo(trade.id().value());
        assertThat(event.path("data").path("type").asString()).isEqualTo("consignment.funded");
        assertThat(as("merchant").get("/api/v1/events?format=xml").status()).isEqualTo(400);
    }

    @Test
    void rebuilding_while_the_gateway_runs_gives_the_same_answers() {
        Trade trade = Trade.placed().fund();
        JsonNode before = trade.seenBy("merchant").path("consignment");
        system.context().getBean(BlockFeed.class).rebuild();
        assertThat(trade.seenBy("merchant").path("consignment")).isEqualTo(before);
    }

    @Test
    void the_market_and_the_parties_can_be_read() {
        assertThat(market.config().quorum()).isEqualTo(2);
        JsonNode party = as("buyer")
                .get("/api/v1/parties/" + system.person("carrier").party())
                .body();
        assertThat(party.path("accredited").asBoolean()).isTrue();
        assertThat(party.has("certificate")).isFalse();
        assertThat(as("buyer").get("/api/v1/reviews").status()).isEqualTo(200);
        assertThat(as("buyer")
                        .get("/api/v1/ratings/merchants/" + "ab".repeat(32))
                        .status())
                .isEqualTo(404);
        assertThat(as("buyer").get("/api/v1/ratings/01/09521234123450").status())
                .as("a wrong check digit")
                .isEqualTo(400);
    }

    @Test
    void a_case_is_read_by_the_consignments_parties_and_its_arbiter_and_by_nobody_else() throws Exception {
        Trade trade = Trade.placed();
        String path = "/api/v1/consignments/" + trade.id() + "/cases";
        String text = Digest.sha256("where is it?".getBytes(UTF_8)).hex();
        Answer asked = as("buyer")
                .post(
                        "/api/v1/consignments/" + trade.id() + "/open-case",
                        Map.of("number", 7, "kind", "QUESTION", "text", text, "answerWithin", 7200));
        assertThat(asked.status()).as(asked.body().toString()).isEqualTo(200);
        system.awaitRead();
        for (String who : List.of("buyer", "merchant", "arbiter", "auditor")) {
            Answer cases = as(who).get(path);
            assertThat(cases.body().path("items").path(0).path("text").asString())
                    .as(who)
                    .isEqualTo(text);
            assertThat(cases.body().path("asOf").path("block").asLong()).isPositive();
        }
        assertThat(as("carrier").get(path).status()).as("not this one's yet").isEqualTo(404);
        assertThat(system.http(null).get(path).status()).isEqualTo(401);
    }

    @Test
    void evidence_of_both_sides_is_read_by_the_parties_and_the_arbiter_with_its_documents() throws Exception {
        Trade trade = Trade.placed().fund().ship();
        String consignment = "/api/v1/consignments/" + trade.id();
        assertThat(as("buyer")
                        .post(consignment + "/dispute", Map.of("version", 3, "reason", Digest.sha256("an empty box")))
                        .status())
                .isEqualTo(200);
        for (String who : List.of("buyer", "merchant")) {
            byte[] document = (who + " says so of " + trade.id()).getBytes(UTF_8);
            String path = "/api/v1/documents/" + Digest.sha256(document);
            assertThat(put(who, path, document)).isEqualTo(201);
            assertThat(as("arbiter").get(path).status()).isEqualTo(404);
            Map<String, Object> evidence = Map.of("number", 1, "document", Digest.sha256(document));
            Answer submitted = as(who).post(consignment + "/submit-evidence", evidence);
            assertThat(submitted.status()).as(submitted.body().toString()).isEqualTo(200);
            assertThat(as(who).post(consignment + "/submit-evidence", evidence).code())
                    .isEqualTo("EXHIBIT_EXISTS");
        }
        system.awaitRead();
        JsonNode listed = as("arbiter").get(consignment + "/evidence").body().path("items");
        assertThat(listed)
                .extracting(exhibit -> exhibit.path("by").asString())
                .containsExactly(
                        system.person("buyer").party().value(),
                        system.person("merchant").party().value());
        for (JsonNode exhibit : listed) {
            String path = "/api/v1/documents/" + exhibit.path("document").asString();
            for (String who : List.of("buyer", "merchant", "arbiter")) {
                assertThat(as(who).get(path).status()).as(who).isEqualTo(200);
            }
            assertThat(system.http(null).get(path).status()).isEqualTo(404);
        }
        TestHttp stranger =
                system.http(system.token(new Caller("x", Set.of(Role.MERCHANT), new PartyId("ab".repeat(32)), null)));
        assertThat(stranger.get(consignment + "/evidence").status()).isEqualTo(404);
    }

    @Test
    void a_merchants_published_offers_are_read_by_every_caller_with_their_hash() throws Exception {
        SaleOffer offer = new SaleOffer(
                GatewayTestSystem.LEDGER,
                system.person("merchant").party(),
                "lamp-7",
                Trade.GTIN,
                new Money(Amount.of(1500), "BRL"),
                3333,
                Instant.parse("2026-11-24T12:00:00Z"),
                Instant.parse("2099-12-24T12:00:00Z"),
                10,
                2,
                Digest.sha256(UUID.randomUUID().toString().getBytes(UTF_8)));
        Answer published = as("merchant").post("/api/v1/offers", Map.of("offer", offer));
        assertThat(published.status()).as(published.body().toString()).isEqualTo(200);
        String path =
                "/api/v1/offers?limit=1&merchant=" + system.person("merchant").party();
        system.awaitRead();
        for (String who : List.of("buyer", "merchant", "carrier")) {
            JsonNode newest = as(who).get(path).body().path("items").path(0);
            assertThat(newest.path("hash").asString()).isEqualTo(offer.hash().hex());
            assertThat(Json.MAPPER.treeToValue(newest.path("offer"), SaleOffer.class))
                    .isEqualTo(offer);
        }
        assertThat(as("buyer")
                        .get("/api/v1/offers?merchant="
                                + system.person("carrier").party())
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(as("buyer").get("/api/v1/offers?limit=201").status()).isEqualTo(400);
    }

    /** This trade's events from a position on, until one of that type has come. */
    private List<JsonNode> events(String path, String after, Trade trade, String until)
            throws IOException, InterruptedException {
        var request =
                as("merchant").request(path).header("Last-Event-ID", after).build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        List<JsonNode> events = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")
                        && line.contains(trade.terms().orderId().value())) {
                    events.add(Json.MAPPER.readTree(line.substring("data: ".length())));
                    if (events.getLast().path("type").asString().equals(until)) {
                        return events;
                    }
                }
            }
        }
        throw new IllegalStateException("the stream ended");
    }

    private int put(String who, String path, byte[] body) {
        return TestHttp.send(as(who).request(path)
                        .header("Content-Type", "text/plain")
                        .PUT(BodyPublishers.ofByteArray(body))
                        .build())
                .status();
    }

    private TestHttp as(String who) {
        return system.http(system.token(who));
    }
}
