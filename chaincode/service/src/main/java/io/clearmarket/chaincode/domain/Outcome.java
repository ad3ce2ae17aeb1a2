package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules say to a command. */
public sealed interface Outcome {
    /**
     * It takes effect: these records are written, and this happened.
     *
     * @param type the domain event's type, such as {@code consignment.shipped}
     */
    record Moved(
            String type,
            @Nullable OrderId orderId,
            @Nullable ConsignmentId consignmentId,
            List<Write<?>> writes) implements Outcome {
        public Moved {
            writes = List.copyOf(writes);
        }

        static Moved of(String type, Write<?>... writes) {
            return new Moved(type, null, null, List.of(writes));
        }
    }

    /** It has no effect. */
    record Refused(Refusal refusal) implements Outcome {}

    /**
     * A record and where it goes.
     *
     * @param value null if what was there is taken away
     */
    record Write<T>(Key<T> key, @Nullable T value) {}
}
