package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.gateway.chain.EscrowStatus;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Adds up the consignments of one asset. */
final class AssetSums {
    private final Asset asset;
    private BigInteger deposited = BigInteger.ZERO;
    private BigInteger held = BigInteger.ZERO;
    private BigInteger gross = BigInteger.ZERO;
    private BigInteger buyer = BigInteger.ZERO;
    private BigInteger paid = BigInteger.ZERO;

    AssetSums(Asset asset) {
        this.asset = asset;
    }

    void add(Consignment.Ledgered money, @Nullable EscrowStatus chain) {
        deposited = deposited.add(money.deposited().units());
        held = held.add(money.held().units());
        gross = gross.add(money.gross().units());
        buyer = buyer.add(money.buyer().units());
        if (chain != null) {
            paid = paid.add(chain.gross().units()).add(chain.payer().units());
        }
    }

    CheckResult.Sums against(ChainSide chain) {
        return new CheckResult.Sums(
                deposited,
                held,
                gross,
                buyer,
                gross.add(buyer).subtract(paid),
                chain.claimable().getOrDefault(asset.token(), BigInteger.ZERO),
                chain.balances().getOrDefault(asset.token(), BigInteger.ZERO));
    }
}
