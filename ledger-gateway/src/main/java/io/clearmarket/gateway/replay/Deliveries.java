package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.MarketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The carrier's deliveries, reported as a depot does: all of a short while in one transaction, each taking effect by itself.
 */
final class Deliveries {
    private static final int MOST = 50;
    private static final int WHILE_MILLIS = 150;

    private final MarketClient client;
    private final Actor carrier;
    private final Object lock = new Object();
    private List<Reported> collected = new ArrayList<>();

    private record Reported(Command.Deliver command, CompletableFuture<Void> done) {}

    Deliveries(MarketClient client, Actor carrier) {
        this.client = client;
        this.carrier = carrier;
    }

    /**
     * Reports a delivery and waits until it is on the ledger.
     *
     * @throws ApiProblem if it is refused
     */
    void report(Command.Deliver command) {
        Reported reported = new Reported(command, new CompletableFuture<>());
        List<Reported> full = List.of();
        synchronized (lock) {
            collected.add(reported);
            if (collected.size() == 1) {
                Thread.ofVirtual().start(this::sendAfterAWhile);
            }
            if (collected.size() == MOST) {
                full = take();
            }
        }
        send(full);
        try {
            reported.done().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private List<Reported> take() {
        List<Reported> taken = collected;
        collected = new ArrayList<>();
        return taken;
    }

    private void sendAfterAWhile() {
        try {
            Thread.sleep(WHILE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Reported> taken;
        synchronized (lock) {
            taken = take();
        }
        send(taken);
    }

    private void send(List<Reported> reported) {
        try {
            if (reported.size() == 1) {
                alone(reported.getFirst());
            } else if (!reported.isEmpty()) {
                together(reported);
            }
        } catch (RuntimeException e) {
            reported.forEach(each -> each.done().completeExceptionally(e));
        }
    }

    private void alone(Reported reported) {
        client.execute(carrier, reported.command());
        reported.done().complete(null);
    }

    private void together(List<Reported> reported) {
        Batch batch = new Batch(
                new CommandId("deliveries:" + UUID.randomUUID()),
                Batch.Mode.EACH,
                reported.stream().map(each -> Batch.Step.of(each.command())).toList());
        Map<Integer, ApiProblem> refused = client.executeEach(carrier, batch);
        for (int i = 0; i < reported.size(); i++) {
            ApiProblem problem = refused.get(i);
            if (problem == null) {
                reported.get(i).done().complete(null);
            } else {
                reported.get(i).done().completeExceptionally(problem);
            }
        }
    }
}
