package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what is due a batch at a time, and at the end from the beginning, so that what can't be paid now holds up nothing behind it. For
 * one thread.
 */
final class Turns {
    private final Payouts payouts;
    private final int batchSize;
    private @Nullable ConsignmentId after;

    Turns(Payouts payouts, int batchSize) {
        this.payouts = payouts;
        this.batchSize = batchSize;
    }

    /** The next ones of those that are wanted. */
    List<Consignment> next(Predicate<Consignment> wanted) {
        List<Consignment> due = payouts.due(after, wanted);
        if (due.isEmpty() && after != null) {
            due = payouts.due(null, wanted);
        }
        after = due.size() < batchSize ? null : due.getLast().id();
        return due;
    }
}
