package io.clearmarket.gateway.readmodel;

import io.clearmarket.gateway.fabric.Endorser;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One version of a record, and how it came about.
 *
 * @param block block number
 * @param index the transaction's place in the block
 * @param transactionId the Fabric transaction
 * @param by who signed it
 * @param mspId the signer's organisation
 * @param at ledger time
 * @param command what was asked; absent where the chaincode said nothing of it
 * @param event the chaincode's event type, likewise
 * @param value the record as it was then; absent if it was deleted
 * @param endorsers whose peers signed that result
 */
public record Version(
        long block,
        int index,
        String transactionId,
        @Nullable PartyId by,
        String mspId,
        Instant at,
        @Nullable String command,
        @Nullable String event,
        @Nullable JsonNode value,
        List<Endorser> endorsers) {
    public Version {
        endorsers = List.copyOf(endorsers);
    }
}
