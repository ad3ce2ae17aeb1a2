package io.clearmarket.gateway.settlement;

import static io.clearmarket.gateway.settlement.MoneyTestMarket.accepted;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.TestHttp;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The goods of a consignment of one line, and what parties tell of them in EPCIS events. */
final class WitnessedGoods {
    private static final String WAREHOUSE = "geo:-23.55,-46.63";

    private final MoneyTestMarket market;
    private final Terms terms;
    private final Epc epc;

    WitnessedGoods(MoneyTestMarket market, Terms terms) {
        this.market = market;
        this.terms = terms;
        this.epc =
                Epc.of(terms.lines().getFirst().gtin(), terms.orderId().value().replace("-", ""));
    }

    /** The merchant hands them to the carrier. */
    void ship() {
        accepted(market.http("merchant")
                .post(
                        path("ship"),
                        Map.of(
                                "version",
                                market.consignment(terms.consignmentId()).version(),
                                "items",
                                List.of(Map.of("line", 1, "epcs", List.of(epc.uri()))),
                                "carrier",
                                market.system.person("carrier").party(),
                                "event",
                                captured("merchant", "shipping", "in_transit", WAREHOUSE))));
    }

    /** Somebody records an event about them; its id on the ledger. */
    String told(String who, String step, String disposition, String place) {
        JsonNode event = captured(who, step, disposition, place);
        accepted(market.http(who).post("/api/v1/provenance/events", Map.of("event", event)));
        return event.path("eventId").asString();
    }

    /** Somebody cites an event for a condition that settles. */
    TestHttp.Answer cite(String who, int condition, String eventId) {
        return market.http(who).post(path("settle-by-event"), Map.of("condition", condition, "eventId", eventId));
    }

    private String path(String action) {
        return "/api/v1/consignments/" + terms.consignmentId() + "/" + action;
    }

    private JsonNode captured(String who, String step, String disposition, String place) {
        String event = """
                {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent",
                 "action":"OBSERVE","eventTime":"%s","eventTimeZoneOffset":"+00:00","epcList":["%s"],
                 "bizStep":"%s","disposition":"%s","readPoint":{"id":"%s"}}""".formatted(Instant.now(), epc.uri(), step, disposition, place);
        TestHttp.Answer answer = TestHttp.send(market.http(who)
                .request("/api/v1/provenance/captures")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofByteArray(event.getBytes(UTF_8)))
                .build());
        return accepted(answer).body().path("events").path(0);
    }
}
