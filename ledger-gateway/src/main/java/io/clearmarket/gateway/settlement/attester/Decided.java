package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import java.util.Optional;

/**
 * All that an attester has to know of a consignment.
 *
 * @param escrowId the escrow's id on the settlement chain
 * @param newest the newest decision, whose cumulative amounts are the entitlement
 */
public record Decided(ConsignmentId id, Digest escrowId, Asset asset, Consignment.Decision newest) {
    /** From the ledger's record; empty while nothing is decided. */
    public static Optional<Decided> of(Consignment consignment) {
        return consignment.money().decisions().isEmpty()
                ? Optional.empty()
                : Optional.of(new Decided(
                        consignment.id(),
                        consignment.escrowId(),
                        consignment.asset(),
                        consignment.money().decisions().getLast()));
    }
}
