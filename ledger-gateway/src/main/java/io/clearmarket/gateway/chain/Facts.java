package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Evidence.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns logs into the facts that attesters sign. A fact says all cumulative amounts after its log; what the log itself does
 * not say is found in the escrow's earlier logs.
 */
final class Facts {
    private static final int REMEMBERED = 20_000;

    private final EscrowReader reader;

    /** What was deposited never changes, so it may be remembered: else every payout would need a look far back. */
    private final Map<Digest, Amount> deposits = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Amount> eldest) {
            return size() > REMEMBERED;
        }
    });

    Facts(EscrowReader reader) {
        this.reader = reader;
    }

    List<Evidence.Seen> of(List<ChainLog> logs) {
        return logs.stream().flatMap(log -> fact(log).stream()).toList();
    }

    private Optional<Evidence.Seen> fact(ChainLog log) {
        return switch (log) {
            case ChainLog.Deposited deposited -> {
                deposits.put(deposited.escrowId(), deposited.total());
                yield Optional.of(seen(deposited, Kind.DEPOSIT, deposited.total(), Amount.ZERO, Amount.ZERO));
            }
            case ChainLog.Settled settled -> Optional.of(paid(settled, settled.gross(), settled.payer()));
            case ChainLog.SplitDirect split -> Optional.of(paid(split, split.gross(), split.payer()));
            case ChainLog.PaidDirect direct -> Optional.of(paid(direct, direct.gross(), totals(direct).payer));
            case ChainLog.RefundedDirect direct -> Optional.of(paid(direct, totals(direct).gross, direct.payer()));
            case ChainLog.Reclaimed reclaimed ->
                Optional.of(seen(
                        reclaimed, Kind.RECLAIM, deposited(reclaimed), totals(reclaimed).gross, reclaimed.payer()));
            case ChainLog.Skipped ignored -> Optional.empty();
            case ChainLog.Voided ignored -> Optional.empty();
            case ChainLog.Claimable ignored -> Optional.empty();
            case ChainLog.Claimed ignored -> Optional.empty();
            case ChainLog.Other ignored -> Optional.empty();
        };
    }

    private Evidence.Seen paid(ChainLog.OfEscrow log, Amount gross, Amount payer) {
        return seen(log, Kind.PAID, deposited(log), gross, payer);
    }

    private Evidence.Seen seen(ChainLog.OfEscrow log, Kind kind, Amount deposited, Amount gross, Amount payer) {
        LogRef ref = log.ref();
        return new Evidence.Seen(
                reader.chainId(),
                reader.contract(),
                log.escrowId(),
                kind,
                deposited,
                gross,
                payer,
                ref.transaction(),
                ref.logIndex(),
                ref.block().number(),
                ref.block().hash(),
                ref.block().time());
    }

    private Amount deposited(ChainLog.OfEscrow log) {
        Amount known = deposits.get(log.escrowId());
        if (known == null) {
            known = totals(log).deposited;
            deposits.put(log.escrowId(), known);
        }
        return known;
    }

    private record Totals(Amount deposited, Amount gross, Amount payer) {
        Totals after(ChainLog log) {
            return switch (log) {
                case ChainLog.Deposited it -> new Totals(it.total(), Amount.ZERO, Amount.ZERO);
                case ChainLog.Settled it -> new Totals(deposited, it.gross(), it.payer());
                case ChainLog.SplitDirect it -> new Totals(deposited, it.gross(), it.payer());
                case ChainLog.PaidDirect it -> new Totals(deposited, it.gross(), payer);
                case ChainLog.RefundedDirect it -> new Totals(deposited, gross, it.payer());
                case ChainLog.Reclaimed it -> new Totals(deposited, gross, it.payer());
                case ChainLog.Skipped ignored -> this;
                case ChainLog.Voided ignored -> this;
                case ChainLog.Claimable ignored -> this;
                case ChainLog.Claimed ignored -> this;
                case ChainLog.Other ignored -> this;
            };
        }
    }

    /** The escrow's totals after this log. */
    private Totals totals(ChainLog.OfEscrow upTo) {
        Totals totals = new Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO);
        for (ChainLog log : reader.history(upTo.escrowId(), upTo.ref().block().number())) {
            boolean later = log.ref().block().number() == upTo.ref().block().number()
                    && log.ref().logIndex() > upTo.ref().logIndex();
            if (!later) {
                totals = totals.after(log);
            }
        }
        return totals;
    }
}
