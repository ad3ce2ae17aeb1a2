package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The conservation check of money, and the search over everything on the ledger. For auditors. */
public interface MoneyAudit {
    /** From so many characters on, an id's beginning is enough to find it. */
    int SHORTEST_PREFIX = 6;

    /** A search finds at most so many. */
    int MOST_HITS = 100;

    /** Sums per asset, how many consignments were checked, and those whose amounts do not add up. */
    Conservation conservation();

    /** Sums per asset over one merchant's consignments. */
    List<Totals> totals(PartyId merchant);

    /** The check of one consignment. */
    Optional<Line> conservation(ConsignmentId id);

    /** The check of every consignment, newest first. */
    Page<Line> lines(@Nullable String cursor, int limit);

    /**
     * The escrow of every consignment, of one asset or of all, in the order of their ids. Inside of {@link ReadModel#answer} they are read while they are
     * taken, and never all in memory.
     *
     * @param taker gets some hundred at a time
     */
    void escrows(@Nullable Asset asset, Consumer<List<Escrow>> taker);

    /**
     * What the text names: an order, consignment, party, item, event, transaction, escrow or EVM address, whole or (from
     * six characters on) its beginning.
     */
    List<Hit> search(String text);

    /**
     * The whole check.
     *
     * @param checked number of consignments
     * @param differing all that are wrong; none in a sound ledger
     */
    record Conservation(long checked, List<Totals> totals, List<Line> differing) {}

    /** Sums over all consignments in one asset; always deposited = held + gross + buyer. */
    record Totals(
            Asset asset,
            long consignments,
            Amount deposited,
            Amount held,
            Amount gross,
            Amount merchant,
            Amount fee,
            Amount referrer,
            Amount buyer,
            Amount paidGross,
            Amount paidBuyer) {}

    /**
     * One consignment's money.
     *
     * @param settled true if all that was decided has been seen paid
     * @param breaches names of the rules that do not hold; none in a sound ledger
     */
    record Line(
            ConsignmentId id,
            PartyId merchant,
            PartyId buyer,
            Asset asset,
            Amount deposited,
            Amount held,
            Amount gross,
            Amount merchantShare,
            Amount fee,
            Amount referrer,
            Amount buyerShare,
            Amount paidGross,
            Amount paidBuyer,
            boolean settled,
            List<String> breaches) {}

    /**
     * A part of the list of lines, as the API gives it.
     *
     * @param next asks for the part that follows; absent at the end
     * @param asOf the block that it is true of
     */
    record Part(List<Line> items, @Nullable String next, AsOf asOf) {}

    /**
     * What the ledger says of one escrow, in minor units of its asset.
     *
     * @param total what the terms say is to be deposited
     * @param decided to the merchant's side and back to the buyer, cumulative
     * @param paidGross seen paid to the merchant's side, cumulative
     * @param paidBuyer seen paid back to the payer, cumulative
     */
    record Escrow(
            ConsignmentId id,
            Digest escrowId,
            Asset asset,
            Amount total,
            Amount deposited,
            Amount held,
            Amount decided,
            Amount paidGross,
            Amount paidBuyer) {}

    /**
     * Something found.
     *
     * @param kind what it is, such as {@code consignment}
     * @param id its id
     * @param about the consignment it leads to; absent where there is none
     */
    record Hit(String kind, String id, @Nullable ConsignmentId about) {}
}
