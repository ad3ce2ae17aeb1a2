package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Digest;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;

/**
 * What the check of both ledgers found.
 *
 * @param height blocks of the ledger that were read
 * @param hash SHA-256 of the newest one's header
 * @param chainBlock the settlement chain's finalized block
 * @param consignments how many were compared
 * @param assets sums by CAIP-19 name
 * @param differences one line each, naming the consignment, what differs and both values; none if all is well
 */
public record CheckResult(
        long height,
        Digest hash,
        long chainBlock,
        int consignments,
        SortedMap<String, Sums> assets,
        List<String> differences) {
    public CheckResult {
        differences = List.copyOf(differences);
    }

    /** True if nothing differs. */
    public boolean sound() {
        return differences.isEmpty();
    }

    /**
     * Sums of one asset over all consignments, in minor units.
     *
     * @param pending decided and not paid by the contract yet
     * @param claimable paid by the contract, and waiting there for the receiver
     * @param balance what the contract has
     */
    public record Sums(
            BigInteger deposited,
            BigInteger held,
            BigInteger gross,
            BigInteger buyer,
            BigInteger pending,
            BigInteger claimable,
            BigInteger balance) {}
}
