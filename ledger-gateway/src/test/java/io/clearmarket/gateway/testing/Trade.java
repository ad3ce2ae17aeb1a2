package io.clearmarket.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One consignment of the test market, moved on step by step through the gateway's own API. */
public final class Trade {
    public static final String GTIN = "09521234123453";
    private static final String SAO_PAULO = "geo:-23.55,-46.63";
    private static final String RIO = "geo:-22.91,-43.17";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestMarket market = TestMarket.get();
    private final Terms terms;
    private final String serial;
    private long version = 1;

    private Trade(Terms terms, String serial) {
        this.terms = terms;
        this.serial = serial;
    }

    /** An order of the managed buyer, placed; events may decide as the conditions say. */
    public static Trade placed(DeliveryCondition... conditions) {
        GatewayTestSystem system = GatewayTestSystem.get();
        TestMarket market = TestMarket.get();
        GatewayTestSystem.Person buyer = system.person("buyer");
        Terms terms = market.terms(
                TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
        if (conditions.length > 0) {
            terms = TestMarket.onConditions(terms, conditions);
        }
        Trade trade = of(terms, UUID.randomUUID().toString().substring(0, 12));
        trade.post(
                "buyer",
                "/api/v1/orders",
                Map.of("orderId", terms.orderId(), "consignments", List.of(market.signed(terms, buyer.signer()))));
        return trade;
    }

    /** A consignment that somebody else places, of the item with this serial. */
    public static Trade of(Terms terms, String serial) {
        return new Trade(terms, serial);
    }

    public ConsignmentId id() {
        return terms.consignmentId();
    }

    public Terms terms() {
        return terms;
    }

    public String serial() {
        return serial;
    }

    public Trade fund() {
        return act("merchant", "record-deposit", Map.of("evidence", market.deposit(terms)));
    }

    public Trade ship() {
        return act(
                "merchant",
                "ship",
                Map.of(
                        "version", version,
                        "items", List.of(Map.of("line", 1, "epcs", List.of(epc().uri()))),
                        "carrier", system.person("carrier").party(),
                        "event", captured("merchant", "shipping", "in_transit")));
    }

    public Trade deliver() {
        return act(
                "carrier",
                "deliver",
                Map.of("version", version, "event", captured("carrier", "receiving", "in_progress")));
    }

    /** The buyer releases an amount. */
    public Trade accept(long units) {
        return act(
                "buyer",
                "accept",
                Map.of("version", version, "part", Map.of("amount", Long.toString(units), "lines", List.of())));
    }

    /** The buyer accepts the line and reviews it. */
    public Trade review(int score, Digest text) {
        act("buyer", "accept", Map.of("version", version, "part", Map.of("lines", List.of(1))));
        post("buyer", "/api/v1/reviews", Map.of("consignmentId", id(), "line", 1, "score", score, "text", text));
        return this;
    }

    /** A payout to the merchant's side, cumulative, attested. */
    public Trade paid(long units) {
        Evidence.Seen seen = new Evidence.Seen(
                terms.escrow().chainId(),
                terms.escrow().contract(),
                EscrowTypes.escrowId(terms),
                Evidence.Kind.PAID,
                terms.total(),
                Amount.of(units),
                Amount.ZERO,
                TestMarket.digest("payout " + units + " of " + terms.orderId()),
                0,
                2,
                TestMarket.digest("block 2"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Evidence evidence = market.attested(seen, market.auditAttester(), market.platformAttester());
        return act("merchant", "record-paid", Map.of("evidence", evidence));
    }

    public Epc epc() {
        return Epc.of(GTIN, serial);
    }

    /** An EPCIS event of this item, stored, as the ledger takes it. */
    public JsonNode captured(String who, String step, String disposition) {
        String event = event(step, disposition, step.equals("shipping") ? SAO_PAULO : RIO);
        Answer answer = TestHttp.send(system.http(system.token(who))
                .request("/api/v1/provenance/captures")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofByteArray(event.getBytes(UTF_8)))
                .build());
        return require(answer).path("events").path(0);
    }

    /** Somebody with a managed identity says that it is at a place now; a later event does not wait for it. */
    public Trade seenAt(String who, String place) {
        require(TestHttp.send(system.http(system.token(who))
                .request("/epcis/events")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofByteArray(
                        event("inspecting", "in_progress", place).getBytes(UTF_8)))
                .build()));
        return this;
    }

    private String event(String step, String disposition, String place) {
        return """
                {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent",
                 "action":"OBSERVE","eventTime":"%s","eventTimeZoneOffset":"+00:00","epcList":["%s"],
                 "bizStep":"%s","disposition":"%s","readPoint":{"id":"%s"}}""".formatted(Instant.now(), epc().uri(), step, disposition, place);
    }

    /** What the read model says, once it has come as far as this trade. */
    public JsonNode seenBy(String who) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Answer answer = system.http(system.token(who)).get("/api/v1/consignments/" + id());
            if (answer.body().path("consignment").path("version").asLong() >= version) {
                return answer.body();
            }
            pause();
        }
        throw new IllegalStateException("the read model did not reach version " + version + " of " + id());
    }

    /** Goes on from a version that somebody else's command made. */
    public Trade goOnFrom(long newVersion) {
        version = newVersion;
        return this;
    }

    private Trade act(String who, String action, Map<String, ?> body) {
        post(who, "/api/v1/consignments/" + id() + "/" + action, body);
        version++;
        return this;
    }

    private void post(String who, String path, Object body) {
        require(system.http(system.token(who)).post(path, body));
    }

    private static JsonNode require(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(answer.status() + " " + Json.MAPPER.writeValueAsString(answer.body()));
        }
        return answer.body();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
