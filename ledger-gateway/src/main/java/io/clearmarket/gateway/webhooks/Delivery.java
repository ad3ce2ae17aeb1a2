package io.clearmarket.gateway.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event for one webhook.
 *
 * @param eventId the event's position, which is the message's {@code webhook-id} too
 * @param number of the message in its webhook's line, from 1 on; absent for one from before messages had numbers
 * @param nextAttempt when it is tried again; absent once it is delivered or given up
 * @param attempts the newest last
 */
public record Delivery(
        String eventId,
        @Nullable Long number,
        String type,
        State state,
        @Nullable Instant nextAttempt,
        List<Attempt> attempts) {
    public Delivery {
        attempts = List.copyOf(attempts);
    }

    /** Where a delivery stands. */
    public enum State {
        PENDING,
        DELIVERED,
        FAILED
    }

    /**
     * One try.
     *
     * @param status the HTTP status that came back; absent if none did
     * @param error why there was none
     */
    public record Attempt(
            int attempt,
            Instant at,
            @Nullable Integer status,
            @Nullable String error,
            int milliseconds) {}
}
