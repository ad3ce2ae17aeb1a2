package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened: the one chaincode event of a transaction, named by {@link #type}, naming every record that it changed.
 *
 * @param type such as {@code consignment.shipped}
 * @param command the command's name
 * @param by who asked
 * @param at the transaction's ledger time
 * @param orderId set where it is about an order
 * @param consignmentId set where it is about one consignment
 * @param changes every record written, in key order
 * @param parts of a batch what became of each of its commands, in order; of a single command empty
 */
public record DomainEvent(
        String type,
        String command,
        CommandId commandId,
        PartyId by,
        String mspId,
        Instant at,
        @Nullable OrderId orderId,
        @Nullable ConsignmentId consignmentId,
        List<Change> changes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        List<Part> parts) {

    /** A record written: kind and the parts of its id. */
    public record Change(RecordKind kind, List<String> id) {
        public Change {
            id = List.copyOf(id);
        }
    }

    /**
     * A command of a batch: what happened by it, or why nothing did.
     *
     * @param event absent if it was refused
     * @param refusal absent if it took effect
     * @param repeated true if it took effect earlier
     */
    public record Part(
            @Nullable DomainEvent event, @Nullable Refusal refusal, boolean repeated) {}

    public DomainEvent {
        changes = List.copyOf(changes);
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** What a single command did. */
    public DomainEvent(
            String type,
            String command,
            CommandId commandId,
            PartyId by,
            String mspId,
            Instant at,
            @Nullable OrderId orderId,
            @Nullable ConsignmentId consignmentId,
            List<Change> changes) {
        this(type, command, commandId, by, mspId, at, orderId, consignmentId, changes, List.of());
    }

    @Override
    public List<Part> parts() {
        return parts == null ? List.of() : parts;
    }

    /** What happened now, command by command: of a single command itself, of a batch what is new in it. */
    public List<DomainEvent> single() {
        return parts().isEmpty()
                ? List.of(this)
                : parts().stream()
                        .filter(part -> !part.repeated())
                        .flatMap(part -> Stream.ofNullable(part.event()))
                        .toList();
    }
}
