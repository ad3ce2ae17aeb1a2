package io.clearmarket.gateway.readmodel;

import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well merchants and carriers keep what was agreed, from domain events and signed terms alone: ledger time, and nobody's own word.
 * Funded consignments count; what is not due yet counts as neither kept nor missed.
 */
public interface ServiceFigures {
    /** Of each merchant, or of one. */
    List<Merchant> merchants(@Nullable PartyId merchant);

    /** Of each carrier that was given something, or of one. */
    List<Carrier> carriers(@Nullable PartyId carrier);

    /** Of each carrier with what this merchant gave them. */
    List<Carrier> carriersOf(PartyId merchant);

    /**
     * A promise by many consignments.
     *
     * @param kept done by the instant agreed on
     * @param late done after it
     * @param overdue not done, and the instant is past by the ledger's newest event
     * @param medianSeconds from when the time began to run until it was done; absent where nothing was done yet
     */
    record Promise(
            long kept, long late, long overdue, @Nullable Long medianSeconds) {}

    /**
     * A merchant's.
     *
     * @param funded consignments that a deposit was recorded for
     * @param disputed of them that were disputed by anybody, or lost
     * @param shipping from deposit to shipment, against the terms' shipWithin
     * @param delivery from shipment to delivery, against the terms' deliverWithin
     * @param answers to questions and complaints, against when an answer was asked for
     */
    record Merchant(
            PartyId merchant, long funded, long disputed, Promise shipping, Promise delivery, Promise answers) {}

    /** A carrier's: from shipment to delivery. */
    record Carrier(PartyId carrier, Promise delivery) {}
}
