package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.chain.ChainLog;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.EscrowStatus;
import io.clearmarket.gateway.finance.Solvency.Difference;
import io.clearmarket.gateway.finance.Solvency.Kind;
import io.clearmarket.gateway.finance.Solvency.OfAsset;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.MoneyAudit.Escrow;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what the ledger says of each escrow with the contract's state and tokens, both at a block of their own. The two
 * never stand still together; so what is owed is compared with the balance by the contract's state alone, and what the ledger
 * says otherwise is named consignment by consignment.
 */
public final class SolvencyCheck {
    private static final int BLOCKS_AT_ONCE = 5_000;

    private final EscrowReader contract;
    private final BlockRef at;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Sums> sums = new TreeMap<>();

    /** @param at the settlement chain's block; must be final */
    public SolvencyCheck(EscrowReader contract, BlockRef at) {
        this.contract = contract;
        this.at = at;
    }

    /**
     * The check of all escrows at once.
     *
     * @param ledger the block at which the escrows are as given
     * @param escrows of one asset, or of all
     * @param at the settlement chain's block; must be final
     */
    public static Solvency of(AsOf ledger, List<Escrow> escrows, EscrowReader contract, BlockRef at) {
        SolvencyCheck check = new SolvencyCheck(contract, at);
        check.add(escrows);
        return check.result(ledger);
    }

    /** Compares some of the escrows; only their sums and differences are kept. */
    public void add(List<Escrow> escrows) {
        List<EscrowStatus> statuses =
                contract.statuses(escrows.stream().map(Escrow::escrowId).toList(), at.number());
        for (int i = 0; i < escrows.size(); i++) {
            Escrow escrow = escrows.get(i);
            addDifferences(escrow, statuses.get(i), differences);
            sums.computeIfAbsent(escrow.asset().caip19(), name -> new Sums()).add(escrow, statuses.get(i));
        }
    }

    /**
     * What came of all that were added.
     *
     * @param ledger the block at which they are as given
     */
    public Solvency result(AsOf ledger) {
        Map<EthAddress, Delta> claimable = claimable(contract, at.number());
        List<OfAsset> assets = sums.entrySet().stream()
                .map(entry -> {
                    Asset asset = new Asset(entry.getKey());
                    Delta balance = Delta.of(contract.balance(asset.token(), at.number()));
                    return entry.getValue().against(asset, claimable.getOrDefault(asset.token(), Delta.ZERO), balance);
                })
                .toList();
        List<Difference> sorted = differences.stream()
                .sorted(Comparator.comparing(
                                (Difference each) -> each.consignment().value())
                        .thenComparing(Difference::what))
                .toList();
        boolean sound = assets.stream().noneMatch(asset -> asset.surplus().isNegative())
                && sorted.stream().noneMatch(each -> each.kind() == Kind.LEDGER_AHEAD);
        return new Solvency(ledger, at, sound, assets, sorted);
    }

    private static void addDifferences(Escrow escrow, EscrowStatus status, List<Difference> differences) {
        Amount deposited = status.deposited() ? escrow.total() : Amount.ZERO;
        add(escrow, "deposited", escrow.deposited(), deposited, differences);
        add(escrow, "paidGross", escrow.paidGross(), status.gross(), differences);
        add(escrow, "paidBuyer", escrow.paidBuyer(), status.payer(), differences);
    }

    private static void add(Escrow escrow, String what, Amount ledger, Amount contract, List<Difference> to) {
        int order = ledger.compareTo(contract);
        if (order != 0) {
            Kind kind = order < 0 ? Kind.CONTRACT_AHEAD : Kind.LEDGER_AHEAD;
            to.add(new Difference(escrow.id(), escrow.asset(), kind, what, ledger, contract));
        }
    }

    /** Shares that wait in the contract for their receivers, by token. */
    private static Map<EthAddress, Delta> claimable(EscrowReader contract, long upTo) {
        Map<EthAddress, Delta> waiting = new HashMap<>();
        for (long from = contract.firstBlock(); from <= upTo; from += BLOCKS_AT_ONCE) {
            for (ChainLog log : contract.logs(from, Math.min(upTo, from + BLOCKS_AT_ONCE - 1))) {
                if (log instanceof ChainLog.Claimable waits) {
                    waiting.merge(waits.asset(), Delta.of(waits.amount()), Delta::plus);
                } else if (log instanceof ChainLog.Claimed claimed) {
                    waiting.merge(claimed.asset(), Delta.ZERO.minus(Delta.of(claimed.amount())), Delta::plus);
                }
            }
        }
        return waiting;
    }

    /** The escrows of one asset, added up. */
    private static final class Sums {
        private long count;
        private Delta held = Delta.ZERO;
        private Delta pending = Delta.ZERO;
        private Delta inContract = Delta.ZERO;

        void add(Escrow escrow, EscrowStatus status) {
            count++;
            held = held.plus(Delta.of(escrow.held()));
            pending = pending.plus(Delta.of(escrow.decided()))
                    .minus(Delta.of(escrow.paidGross()))
                    .minus(Delta.of(escrow.paidBuyer()));
            if (status.deposited()) {
                inContract = inContract
                        .plus(Delta.of(escrow.total()))
                        .minus(Delta.of(status.gross()))
                        .minus(Delta.of(status.payer()));
            }
        }

        OfAsset against(Asset asset, Delta claimable, Delta balance) {
            Delta owedByContract = inContract.plus(claimable);
            return new OfAsset(
                    asset,
                    count,
                    held,
                    pending,
                    claimable,
                    held.plus(pending).plus(claimable),
                    owedByContract,
                    balance,
                    balance.minus(owedByContract));
        }
    }
}
