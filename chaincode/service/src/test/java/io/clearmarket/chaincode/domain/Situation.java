package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Appealed;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A consignment with its items, as far as rules can tell two of them apart: the version, the numbers of decisions and how
 * long ago its timer was started are left out, the running timer always ends at {@link #DEADLINE}.
 *
 * @param custody who has each item that the ledger knows
 */
record Situation(Consignment consignment, Map<String, PartyId> custody) {
    static final Instant DEADLINE = Bazaar.START.plusSeconds(Bazaar.HOUR);
    static final long VERSION = 7;

    static Situation of(Consignment raw, Map<String, PartyId> custody) {
        return new Situation(
                new Consignment(
                        raw.id(),
                        raw.orderId(),
                        raw.buyer(),
                        raw.merchant(),
                        raw.asset(),
                        raw.termsHash(),
                        raw.escrowId(),
                        VERSION,
                        raw.goods(),
                        withoutHistory(raw.money()),
                        running(raw.deadlines()),
                        whoeverAppealed(raw.dispute()),
                        raw.carrier(),
                        raw.items(),
                        raw.returning(),
                        raw.acceptedLines(),
                        raw.refundedLines(),
                        raw.closed()),
                custody);
    }

    /** What it becomes when these records are written. */
    Situation after(Outcome.Moved moved) {
        Consignment next = consignment;
        Map<String, PartyId> items = new TreeMap<>(custody);
        for (Outcome.Write<?> write : moved.writes()) {
            if (write.value() instanceof Consignment written) {
                next = written;
            } else if (write.value() instanceof Item item) {
                items.put(item.epc(), item.custodian());
            }
        }
        return of(next, items);
    }

    Amount held() {
        return consignment.money().held();
    }

    Quarrel quarrel() {
        return Quarrel.of(consignment);
    }

    List<Consignment.Offer> offers() {
        Dispute dispute = consignment.dispute();
        return dispute == null ? List.of() : dispute.offers();
    }

    /** Goods, dispute, money: the cell of the table that it is in. */
    String cell() {
        String money = consignment.closed() ? "closed" : isFunded() ? "funded" : "unpaid";
        return consignment.goods() + " " + quarrel() + " " + money;
    }

    boolean isFunded() {
        return !consignment.money().deposited().isZero();
    }

    /** No rule asks who appealed. */
    private static @Nullable Dispute whoeverAppealed(@Nullable Dispute dispute) {
        Appealed appealed = dispute == null ? null : dispute.appealed();
        return dispute == null || appealed == null
                ? dispute
                : new Dispute(
                        dispute.status(),
                        dispute.arbiter(),
                        dispute.reason(),
                        dispute.ruling(),
                        new Appealed(appealed.arbiter(), appealed.ruling(), Bazaar.BUYER.id(), appealed.reason()),
                        dispute.offers());
    }

    private static Ledgered withoutHistory(Ledgered money) {
        return new Ledgered(
                money.deposited(),
                money.held(),
                money.gross(),
                money.merchant(),
                money.fee(),
                money.referrer(),
                money.buyer(),
                money.paidGross(),
                money.paidBuyer(),
                List.of());
    }

    private static Deadlines running(Deadlines deadlines) {
        return Arrays.stream(Timer.values())
                .filter(timer -> timer.of(deadlines) != null)
                .findFirst()
                .map(timer -> timer.until(DEADLINE, deadlines.stopDate()))
                .orElse(Timer.none(deadlines.stopDate()));
    }
}
