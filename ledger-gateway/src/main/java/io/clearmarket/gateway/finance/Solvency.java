package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.readmodel.AsOf;
import java.util.List;

/**
 * Whether the contract has what is owed, as of one block of each ledger.
 *
 * @param ledger the ledger's block N
 * @param chain the settlement chain's block M, final
 * @param sound true if every asset is covered and nothing is LEDGER_AHEAD
 * @param differences of single consignments, by id
 */
public record Solvency(AsOf ledger, BlockRef chain, boolean sound, List<OfAsset> assets, List<Difference> differences) {
    public Solvency {
        assets = List.copyOf(assets);
        differences = List.copyOf(differences);
    }

    /**
     * One asset's sums, in its minor units.
     *
     * @param consignments how many have terms in it
     * @param held on the ledger: deposited and not decided
     * @param pending on the ledger: decided and not recorded as paid
     * @param claimable in the contract: paid and waiting there for receivers that could not take it
     * @param owedByLedger held + pending + claimable
     * @param owedByContract what the contract's own state says: deposited less paid of each escrow, and claimable
     * @param balance the contract's tokens
     * @param surplus balance less what the contract owes; below zero if money is missing
     */
    public record OfAsset(
            Asset asset,
            long consignments,
            Delta held,
            Delta pending,
            Delta claimable,
            Delta owedByLedger,
            Delta owedByContract,
            Delta balance,
            Delta surplus) {}

    /**
     * What the two ledgers say differently of one consignment.
     *
     * @param kind which of them knows more
     * @param what {@code deposited}, {@code paidGross} or {@code paidBuyer}
     */
    public record Difference(
            ConsignmentId consignment, Asset asset, Kind kind, String what, Amount ledger, Amount contract) {}

    /** Which side is further. */
    public enum Kind {
        /** The contract moved money whose evidence is on its way; harmless unless it stays. */
        CONTRACT_AHEAD,
        /** The ledger says of money what no final block shows. Never right. */
        LEDGER_AHEAD
    }
}
