package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import java.util.Optional;

/** What the attester's own organisation's peer says. */
@FunctionalInterface
public interface PeerView {
    /** The consignment as that peer has it now; empty if it has none of that id. */
    Optional<Consignment> consignment(ConsignmentId id);
}
