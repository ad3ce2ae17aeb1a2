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
 * One actor's commands that many threads ask for, as a depot reports its deliveries: all of a short while in one transaction, each
 * taking effect by itself.
 */
final class Gathered {
    private static final int MOST = 50;

    private final MarketClient client;
    private final Actor actor;
    private final String name;
    private final Collected<Asked> collected = new Collected<>(MOST, this::executeAll);

    private record Asked(Command command, List<Attached> documents) {}

    /** @param name begins the batches' ids */
    Gathered(MarketClient client, Actor actor, String name) {
        this.client = client;
        this.actor = actor;
        this.name = name;
    }

    /**
     * Asks for a command and waits until it is on the ledger.
     *
     * @param documents those that it names, in full
     * @throws ApiProblem if it is refused
     */
    void execute(Command command, Attached... documents) {
        Collected.await(collected.ask(new Asked(command, List.of(documents))));
    }

    private List<@Nullable RuntimeException> executeAll(List<Asked> asked) {
        List<Attached> documents =
                asked.stream().flatMap(each -> each.documents().stream()).toList();
        if (asked.size() == 1) {
            client.execute(actor, asked.getFirst().command(), documents);
            return Collections.singletonList(null);
        }
        Batch batch = new Batch(
                new CommandId(name + ":" + UUID.randomUUID()),
                Batch.Mode.EACH,
                asked.stream().map(each -> Batch.Step.of(each.command())).toList());
        Map<Integer, ApiProblem> refused = client.executeEach(actor, batch, documents);
        return IntStream.range(0, asked.size())
                .<@Nullable RuntimeException>mapToObj(refused::get)
                .toList();
    }
}
