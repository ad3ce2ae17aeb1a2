package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a merchant's money came to be what it is: every change, in ledger order. A ledger has one order but no clock of its own,
 * so its time is the latest that any of its transactions so far has told; an instant has come at the first transaction that
 * tells it or a later one, and what has been written before that stays before it for good.
 */
public interface MoneyHistory {
    /** A transaction's place on the ledger. */
    record Place(long block, int index) implements Comparable<Place> {
        /** Before every transaction. */
        public static final Place START = new Place(0, 0);

        /** After every transaction. */
        public static final Place END = new Place(Long.MAX_VALUE, Integer.MAX_VALUE);

        @Override
        public int compareTo(Place other) {
            return block == other.block ? Integer.compare(index, other.index) : Long.compare(block, other.block);
        }
    }

    /** A consignment's money at some place. */
    record Standing(ConsignmentId id, Consignment.Ledgered money) {}

    /**
     * What one transaction did to one consignment's money.
     *
     * @param transactionId the Fabric transaction
     * @param at the ledger's time there
     * @param command what was asked
     * @param before absent for the transaction that placed it
     * @param evidence what it was told of on the settlement chain; absent where it was the ledger's own decision
     */
    record Change(
            Place place,
            String transactionId,
            Instant at,
            String command,
            ConsignmentId id,
            Consignment.@Nullable Ledgered before,
            Consignment.Ledgered after,
            @Nullable Evm evidence) {}

    /** A log of the settlement chain. */
    record Evm(Digest transaction, long logIndex) {}

    /** The first transaction at which this instant has come; empty if it has not yet. */
    Optional<Place> reached(Instant instant);

    /** All of a merchant's terms. */
    Map<ConsignmentId, Terms> terms(PartyId merchant);

    /** A merchant's consignments as they stood before a place, by id; those placed later are not there. */
    List<Standing> standings(PartyId merchant, Place before);

    /** What happened to a merchant's consignments from one place up to, and without, another, in ledger order. */
    List<Change> changes(PartyId merchant, Place from, Place before);
}
