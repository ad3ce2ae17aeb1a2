package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Batches that a standby signed in the required attester's place. Joins the caller's database transaction, if there is one. */
interface StandbyStore {
    /** What became of one. */
    enum End {
        /** Carried out, by these signatures or by others. */
        DONE,
        /** No effect: its consignments may be announced again. */
        FAILED,
        /** The required attester objected. */
        OBJECTED
    }

    /**
     * One that waits.
     *
     * @param attesters hash of the attester set that signed
     * @param usableAt not before then
     * @param validUntil not after then
     */
    record Waiting(long id, SignedBatch signed, Digest attesters, Instant usableAt, Instant validUntil) {}

    /** Stores one; its number. */
    long store(SignedBatch signed, Digest attesters, Instant usableAt, Instant validUntil);

    /** Those of which it is not known yet what became of them. */
    List<Waiting> open();

    /** The newest decision of each consignment in batches that did not fail and are still valid. */
    Map<ConsignmentId, Integer> announced(Instant now);

    /** It needs nothing any more. */
    void ended(long id, End how);
}
