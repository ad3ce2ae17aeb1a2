package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says, as of a block. Disposable: everything here comes from blocks alone. Queries that list take a cursor
 * (absent for the first part) and a limit of 1 to {@link #MAX_LIMIT}.
 */
public interface ReadModel {
    /** The most that one part of a list may hold. */
    int MAX_LIMIT = 200;

    /** The newest block whose records are here. */
    AsOf asOf();

    /** Runs a query, possibly of several reads, in one snapshot of the database and says which block that is. */
    <T> Answer<T> answer(Supplier<T> query);

    /** A record's newest version, parsed. */
    <T> Optional<T> record(RecordKind kind, Class<T> type, String... id);

    default Optional<MarketConfig> market() {
        return record(RecordKind.MARKET, MarketConfig.class, "current");
    }

    default Optional<Records.Party> party(PartyId id) {
        return record(RecordKind.PARTY, Records.Party.class, id.value());
    }

    default Optional<Records.Order> order(OrderId id) {
        return record(RecordKind.ORDER, Records.Order.class, id.value());
    }

    default Optional<SignedTerms> terms(ConsignmentId id) {
        return record(RecordKind.TERMS, SignedTerms.class, id.value());
    }

    default Optional<Consignment> consignment(ConsignmentId id) {
        return record(RecordKind.CONSIGNMENT, Consignment.class, id.value());
    }

    /** True if the viewer has a part in the consignment: buyer, merchant, carrier, or an arbiter of its terms. */
    boolean maySee(Viewer viewer, ConsignmentId id);

    /** Consignments the viewer has a part in, newest first. */
    Page<Consignment> consignments(Viewer viewer, ConsignmentFilter filter, @Nullable String cursor, int limit);

    /** Orders that the viewer placed or sells a part of, newest first. */
    Page<Records.Order> orders(Viewer viewer, @Nullable String cursor, int limit);

    /** The parties' reviews, newest first; of one merchant, or of all. */
    Page<Records.Review> reviews(@Nullable PartyId merchant, @Nullable String cursor, int limit);

    /** The reviews of a consignment's lines, by line. */
    List<Records.Review> reviews(ConsignmentId id);

    /** What buyer and merchant asked each other about a consignment, by number. */
    List<Records.Case> cases(ConsignmentId id);

    /** The same in parts. */
    Page<Records.Case> cases(ConsignmentId id, @Nullable String cursor, int limit);

    /** What buyer and merchant laid before the arbiters of a consignment, the oldest first. */
    List<Records.Exhibit> exhibits(ConsignmentId id);

    /** What merchants offer to everybody, newest first; one merchant, or all. */
    Page<SaleOffer> offers(@Nullable PartyId merchant, @Nullable String cursor, int limit);

    /** The versions of a record, oldest first. */
    Page<Version> history(RecordKind kind, List<String> id, @Nullable String cursor, int limit);

    /** The version of a record that a transaction wrote. */
    Optional<Version> version(RecordKind kind, List<String> id, String transactionId);

    default Optional<Records.Item> item(Epc epc) {
        return record(RecordKind.ITEM, Records.Item.class, epc.uri());
    }

    /** Consignments with a deadline that ended before the instant and has not been acted on, by that deadline; at most {@code limit}. */
    List<Consignment> overdue(Instant before, int offset, int limit);

    /** Consignments with a decision that has not been seen paid, in the order of their ids after {@code after}. */
    List<Consignment> unpaid(@Nullable ConsignmentId after, int limit);

    /** The consignment of an escrow on the settlement chain. */
    Optional<Consignment> byEscrow(Digest escrowId);

    /** Market events after a position that the viewer may see, in order. */
    List<MarketEvent> eventsAfter(EventPosition after, Viewer viewer, int limit);

    /** What refers to a document by its hash. */
    DocumentUse uses(Digest document);

    /**
     * What refers to a document.
     *
     * @param epcisEvent true if it is the document of a recorded EPCIS event, which holds no personal data
     * @param consignments where it is the reason of a dispute, a ruling or an appeal, or was laid before an arbiter
     */
    record DocumentUse(boolean epcisEvent, List<ConsignmentId> consignments) {}
}
