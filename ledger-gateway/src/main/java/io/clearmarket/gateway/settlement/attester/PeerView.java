package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.chaincode.api.ConsignmentId;
import java.util.List;
import java.util.Map;

/** What the attester's own organisation's peer says. */
@FunctionalInterface
public interface PeerView {
    /** What that peer shows as decided on consignments, 1 to 200, now; those that it does not know, or shows no decision on, are left out. */
    Map<ConsignmentId, Decided> decided(List<ConsignmentId> ids);
}
