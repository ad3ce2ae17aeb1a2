package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a merchant is to do now, and until when, from the state of their open consignments. */
final class Tasks {
    private Tasks() {}

    /** What is to be done. */
    public enum Kind {
        SHIP,
        RETURN_ASKED,
        RETURN_ARRIVED,
        DISPUTED,
        RULED
    }

    /** @param due after which the ledger decides without the merchant; absent where no timer runs */
    public record Task(
            Kind kind, ConsignmentId consignment, @Nullable Instant due) {}

    /** The tasks of these consignments, the most urgent first. */
    static List<Task> of(List<Consignment> open) {
        return open.stream()
                .flatMap(consignment -> task(consignment).stream())
                .sorted(Comparator.comparing(Task::due, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(task -> task.consignment().value()))
                .toList();
    }

    private static Optional<Task> task(Consignment consignment) {
        ConsignmentId id = consignment.id();
        Consignment.Deadlines until = consignment.deadlines();
        Consignment.Dispute dispute = consignment.dispute();
        if (dispute != null) {
            return Optional.of(
                    switch (dispute.status()) {
                        case OPEN -> new Task(Kind.DISPUTED, id, until.arbiterBy());
                        case RULED -> new Task(Kind.RULED, id, until.appealUntil());
                    });
        }
        if (!consignment.money().held().isMoreThan(Amount.ZERO)) {
            return Optional.empty();
        }
        return switch (consignment.goods()) {
            case PLACED -> Optional.of(new Task(Kind.SHIP, id, until.shipBy()));
            case RETURN_REQUESTED -> Optional.of(new Task(Kind.RETURN_ASKED, id, until.returnShipBy()));
            case RETURNED -> Optional.of(new Task(Kind.RETURN_ARRIVED, id, until.returnInspectUntil()));
            case SHIPPED, DELIVERED, RETURN_SHIPPED -> Optional.empty();
        };
    }
}
