package io.clearmarket.gateway.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A caller's wish to be told of events.
 *
 * @param url where to POST them
 * @param types event types wanted; empty for all
 * @param active false if nothing is sent, by its owner's wish or because the receiver answered 410 Gone
 */
public record Webhook(UUID id, URI url, List<String> types, boolean active, Instant createdAt) {
    public Webhook {
        types = List.copyOf(types);
    }
}
