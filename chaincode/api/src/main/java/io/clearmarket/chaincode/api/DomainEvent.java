package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
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
        List<Change> changes) {

    /** A record written: kind and the parts of its id. */
    public record Change(RecordKind kind, List<String> id) {
        public Change {
            id = List.copyOf(id);
        }
    }

    public DomainEvent {
        changes = List.copyOf(changes);
    }
}
