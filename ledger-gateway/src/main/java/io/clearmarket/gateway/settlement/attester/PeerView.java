package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import java.util.List;
import java.util.Map;

/** What the attester's own organisation's peer says. */
@FunctionalInterface
public interface PeerView {
    /** The consignments, 1 to 200, as that peer has them now; those that it does not know are left out. */
    Map<ConsignmentId, Consignment> consignments(List<ConsignmentId> ids);
}
