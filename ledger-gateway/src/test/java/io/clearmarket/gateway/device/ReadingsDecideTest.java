package io.clearmarket.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.DeliveryCondition;
import io.clearmarket.chaincode.api.DeliveryCondition.Effect;
import io.clearmarket.chaincode.api.DeliveryCondition.Expected;
import io.clearmarket.chaincode.api.DeliveryCondition.Range;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import io.clearmarket.wallet.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a device signed decides about money: from the device's door by the root on the ledger and the collector's event to the chaincode, by the
 * range that buyer and merchant agreed on. The collector is the carrier, whom both sides named as witness.
 */
class ReadingsDecideTest {
    private static final String TYPE = "Temperature";

    private final GatewayTestSystem system = system();
    private final SampleDevice device = SampleDevice.p256();
    private final DeviceOnSystem door = new DeviceOnSystem(system, device);
    private int batches;

    @Test
    void
            a_reading_out_of_range_gives_a_share_back_and_one_within_releases_the_rest_and_a_late_correction_moves_nothing()
                    throws InterruptedException {
        Trade trade = shipped(on(Effect.RELEASE, 0, true), on(Effect.REFUND, 2_000, false));
        String tooWarm = told(trade, 8.1);
        assertThat(cite(trade, "settle", 1, tooWarm).code()).isEqualTo("CONDITION_NOT_MET");
        accepted(cite(trade, "settle", 2, tooWarm));
        DeviceOnSystem.await(() -> money(trade, "buyer").equals("25000"));

        declareInError(trade);
        assertThat(cite(trade, "settle", 2, tooWarm).code()).isEqualTo("CONDITION_APPLIED");
        assertThat(money(trade, "buyer")).isEqualTo("25000");

        String within = told(trade, 7.9);
        assertThat(cite(trade, "settle", 2, within).code()).isEqualTo("CONDITION_APPLIED");
        accepted(cite(trade, "settle", 1, within));
        DeviceOnSystem.await(() -> money(trade, "gross").equals("100000"));
        assertThat(money(trade, "held")).isEqualTo("0");
        assertThat(trade.seenBy("buyer").path("consignment").path("closed").asBoolean())
                .isTrue();
    }

    @Test
    void a_reading_that_was_corrected_in_time_decides_nothing_and_one_that_stands_opens_a_dispute()
            throws InterruptedException {
        Trade trade = shipped(on(Effect.FREEZE, 0, false));
        String wrong = told(trade, 88);
        declareInError(trade);
        assertThat(cite(trade, "freeze", 1, wrong).code()).isEqualTo("EVENT_IN_ERROR");
        assertThat(cite(trade, "freeze", 1, told(trade, 5)).code()).isEqualTo("CONDITION_NOT_MET");
        accepted(cite(trade, "freeze", 1, told(trade, 1.9)));
        DeviceOnSystem.await(
                () -> trade.seenBy("buyer").path("consignment").path("dispute").isObject());
        assertThat(money(trade, "held")).isEqualTo("125000");
    }

    private static GatewayTestSystem system() {
        TestMarket.get();
        return GatewayTestSystem.get();
    }

    /** Between 2 and 8 degrees, kept or broken, as the collector's event says it. */
    private DeliveryCondition on(Effect effect, int share, boolean kept) {
        Expected expected = new Expected("sensor_reporting", null, null, new Range(TYPE, "CEL", 2_000L, 8_000L, kept));
        return new DeliveryCondition(
                effect, share, List.of(system.person("carrier").party()), expected, 0);
    }

    /** On its way, with the device on it. */
    private Trade shipped(DeliveryCondition... conditions) throws InterruptedException {
        door.registered();
        Trade trade = Trade.placed(conditions).fund().ship();
        door.putOn(trade.epc().uri(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return trade;
    }

    /** The name on the ledger of the event about what the device measures now. */
    private String told(Trade trade, double celsius) throws InterruptedException {
        int before = readings(trade).size();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        assertThat(door.taken(device.batch(++batches, now, 1, celsius))).isEqualTo("ACCEPTED");
        DeviceOnSystem.await(() -> readings(trade).size() > before);
        return readings(trade).getLast().path("event").path("eventId").asString();
    }

    private List<JsonNode> readings(Trade trade) {
        return as("buyer")
                .get("/api/v1/items/01/" + Trade.GTIN + "/21/" + trade.serial() + "/events")
                .body()
                .path("events")
                .valueStream()
                .filter(event -> event.path("event").path("bizStep").asString().equals("sensor_reporting"))
                .toList();
    }

    /** The collector takes back the newest of its events about the item. */
    private void declareInError(Trade trade) {
        ObjectNode event = (ObjectNode) as("carrier")
                .get("/epcis/events?orderBy=eventTime&orderDirection=DESC&EQ_bizStep=sensor_reporting&MATCH_epc="
                        + trade.epc().uri())
                .body()
                .path("epcisBody")
                .path("queryResults")
                .path("resultsBody")
                .path("eventList")
                .path(0);
        event.remove("recordTime");
        event.put("@context", "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
        event.putObject("errorDeclaration")
                .put(
                        "declarationTime",
                        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("reason", "incorrect_data");
        accepted(TestHttp.send(as("carrier")
                .request("/epcis/events")
                .header("Content-Type", "application/ld+json")
                .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(event)))
                .build()));
    }

    private Answer cite(Trade trade, String what, int condition, String eventId) {
        return as("buyer")
                .post(
                        "/api/v1/consignments/" + trade.id() + "/" + what + "-by-event",
                        Map.of("condition", condition, "eventId", eventId));
    }

    private String money(Trade trade, String member) {
        return trade.seenBy("buyer")
                .path("consignment")
                .path("money")
                .path(member)
                .asString();
    }

    private TestHttp as(String who) {
        return system.http(system.token(who));
    }

    private static void accepted(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
    }
}
