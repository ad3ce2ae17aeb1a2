package io.clearmarket.gateway.cli;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.webhooks.Message;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Prints events as they happen and passes them on as a webhook would. */
final class Listening implements DomainEvents.Listener {
    private final Set<String> types;
    private final boolean json;
    private final @Nullable Forwarding forwarding;
    private final PrintStream out;
    private long number;
    private Digest previous = Digest.ZERO;

    /**
     * @param types wanted; empty for all
     * @param json prints each event whole, in a line
     */
    Listening(Set<String> types, boolean json, @Nullable Forwarding forwarding, PrintStream out) {
        this.types = Set.copyOf(types);
        this.json = json;
        this.forwarding = forwarding;
        this.out = out;
    }

    @Override
    public void opened(long block) {
        // nothing is printed but events
    }

    @Override
    public void happened(DomainEvents.Happened happened) {
        JsonNode event = happened.event();
        String type = event.path("type").asString("");
        if (!types.isEmpty() && !types.contains(type)) {
            return;
        }
        String line = json
                ? event.toString()
                : String.format(
                        "%-24s  %-28s  %-10s  %s",
                        event.path("at").asString(""),
                        type,
                        event.path("position").asString(""),
                        event.path("consignmentId")
                                .asString(event.path("orderId").asString("")));
        out.println(forwarding == null ? line : line + "  -> " + forward(forwarding, event, type));
        out.flush();
    }

    private String forward(Forwarding to, JsonNode event, String type) {
        Message message = Message.of(
                event.path("position").asString(""),
                type,
                Instant.parse(event.path("at").asString("")),
                event,
                ++number,
                previous);
        previous = message.hash();
        return to.send(message).said();
    }
}
