package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Batches of entitlements, and the newest one of each escrow. Joins the caller's database transaction, if there is one. */
interface PayoutStore {
    /** What was last sent for an escrow. */
    record Sent(ConsignmentId consignment, int decision, Instant validUntil) {}

    /** What was last sent for consignments, and did not fail. */
    Map<ConsignmentId, Sent> sent(List<ConsignmentId> consignments);

    /** Stores a signed batch, and that it is the newest of its escrows; the batch's number. */
    long store(SignedBatch signed);

    /** Batches of which it is not known yet what became of them. */
    List<Long> open();

    /** It was carried out. */
    void done(long batch);

    /** The batch took no effect: its escrows may be sent again. To be called in a database transaction. */
    void failed(long batch);
}
