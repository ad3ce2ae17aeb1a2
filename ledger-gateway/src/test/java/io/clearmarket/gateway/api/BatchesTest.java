package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.MarketEvent;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import io.clearmarket.gateway.testing.Trade;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many commands in one transaction, signed by a device or by a managed identity, through HTTP. */
class BatchesTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestMarket market = TestMarket.get();

    @Test
    void a_device_places_many_orders_in_one_transaction_and_reads_what_became_of_each() {
        DeviceBuyer buyer = DeviceBuyer.enrol(system);
        Terms first = terms(buyer);
        Terms second = terms(buyer);
        Batch batch = new Batch(
                buyer.newId(),
                Batch.Mode.EACH,
                List.of(placing(buyer, first), placing(buyer, second), placing(buyer, first)));

        Answer endorsed = buyer.endorse(buyer.prepare(batch));
        assertThat(endorsed.body()
                        .path("result")
                        .path("event")
                        .path("parts")
                        .path(2)
                        .path("refusal")
                        .path("code")
                        .asString())
                .as("the device knows before it signs the transaction")
                .isEqualTo("ORDER_EXISTS");
        Answer committed = buyer.submit(endorsed);
        assertThat(committed.text("status")).as(committed.toString()).isEqualTo("committed");

        Answer outcome = buyer.http().get("/api/v1/batches/" + batch.commandId());
        assertThat(outcome.body().path("commands"))
                .extracting(command -> command.path("status").asString())
                .containsExactly("committed", "committed", "refused");
        assertThat(DeviceBuyer.enrol(system)
                        .http()
                        .get("/api/v1/batches/" + batch.commandId())
                        .status())
                .isEqualTo(404);
        Trade.of(second, "none").seenBy("merchant");
        assertThat(eventsOf(buyer, committed.text("transactionId")))
                .extracting(MarketEvent::type, MarketEvent::command, MarketEvent::orderId)
                .containsExactly(
                        tuple("order.placed", "placeOrder", first.orderId()),
                        tuple("order.placed", "placeOrder", second.orderId()));
    }

    @Test
    void a_managed_merchant_gives_two_parts_back_in_one_transaction_or_none() {
        Trade trade = Trade.placed().fund();
        String path = "/api/v1/batches";
        Answer none = system.http(system.token("merchant"))
                .post(path, Map.of("mode", "ALL_OR_NOTHING", "commands", List.of(refund(trade, 2), refund(trade, 2))));
        assertThat(none.code()).isEqualTo("WRONG_VERSION");
        assertThat(none.body().path("detail").asString()).contains("command 2 of 2");

        String key = UUID.randomUUID().toString();
        Map<String, ?> body = Map.of("mode", "ALL_OR_NOTHING", "commands", List.of(refund(trade, 2), refund(trade, 3)));
        Answer both = system.http(system.token("merchant")).post(path, body, key);
        assertThat(both.status()).as(both.toString()).isEqualTo(200);
        assertThat(system.http(system.token("merchant")).post(path, body, key)).isEqualTo(both);
        trade.goOnFrom(4);
        assertThat(trade.seenBy("merchant")
                        .path("consignment")
                        .path("money")
                        .path("buyer")
                        .asString())
                .isEqualTo("200");
        assertThat(system.http(system.token("merchant"))
                        .get(path + "/" + key)
                        .body()
                        .path("commands"))
                .hasSize(2);
    }

    private List<MarketEvent> eventsOf(DeviceBuyer buyer, String transactionId) {
        ReadModel readModel = system.context().getBean(ReadModel.class);
        return readModel.eventsAfter(EventPosition.START, new Viewer(false, buyer.party()), 1000).stream()
                .filter(event -> event.transactionId().equals(transactionId))
                .toList();
    }

    private Terms terms(DeviceBuyer buyer) {
        return market.terms(TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
    }

    private Batch.Step placing(DeviceBuyer buyer, Terms terms) {
        OrderId id = terms.orderId();
        return Batch.Step.of(
                new Command.PlaceOrder(buyer.newId(), id, List.of(market.signed(terms, buyer.identity()))));
    }

    private static Map<String, ?> refund(Trade trade, long version) {
        return Map.of(
                "name",
                "refund",
                "command",
                Map.of(
                        "commandId",
                        UUID.randomUUID().toString(),
                        "consignmentId",
                        trade.id(),
                        "version",
                        version,
                        "part",
                        Map.of("amount", "100", "lines", List.of())));
    }
}
