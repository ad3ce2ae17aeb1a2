package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.Attached;
import io.clearmarket.gateway.client.MarketClient;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The carrier's deliveries, reported as a depot does: all of a short while in one transaction, each taking effect by itself.
 */
final class Deliveries {
    private static final int MOST = 50;

    private final MarketClient client;
    private final Actor carrier;
    private final Collected<Delivery> collected = new Collected<>(MOST, this::reportAll);

    private record Delivery(Command.Deliver command, Attached document) {}

    Deliveries(MarketClient client, Actor carrier) {
        this.client = client;
        this.carrier = carrier;
    }

    /**
     * Reports a delivery and waits until it is on the ledger.
     *
     * @param document its EPCIS event in full
     * @throws ApiProblem if it is refused
     */
    void report(Command.Deliver command, Attached document) {
        Collected.await(collected.ask(new Delivery(command, document)));
    }

    private List<@Nullable RuntimeException> reportAll(List<Delivery> deliveries) {
        List<Attached> documents = deliveries.stream().map(Delivery::document).toList();
        if (deliveries.size() == 1) {
            client.execute(carrier, deliveries.getFirst().command(), documents);
            return Collections.singletonList(null);
        }
        Batch batch = new Batch(
                new CommandId("deliveries:" + UUID.randomUUID()),
                Batch.Mode.EACH,
                deliveries.stream().map(each -> Batch.Step.of(each.command())).toList());
        Map<Integer, ApiProblem> refused = client.executeEach(carrier, batch, documents);
        return IntStream.range(0, deliveries.size())
                .<@Nullable RuntimeException>mapToObj(refused::get)
                .toList();
    }
}
