package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened on the ledger, as told to people and their programs.
 *
 * @param position where; its text is the event's id
 * @param type such as {@code consignment.funded}; see {@link MarketEvents}
 * @param transactionId the Fabric transaction
 * @param command what was asked
 * @param commandId the asker's own id of it
 * @param by who asked
 * @param at ledger time
 * @param data the consignment's goods, money and version after it, where it is about one
 */
public record MarketEvent(
        EventPosition position,
        String type,
        String transactionId,
        String command,
        String commandId,
        PartyId by,
        Instant at,
        @Nullable OrderId orderId,
        @Nullable ConsignmentId consignmentId,
        JsonNode data) {}
