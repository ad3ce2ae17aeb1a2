package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Appealed;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Decision;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.Records.Recorded;
import io.clearmarket.chaincode.domain.ExplorationEvents.Told;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A consignment with its items, as far as rules can tell two of them apart: the version, the numbers of decisions and how
 * long ago its timer was started are left out, the running timer always ends at {@link #DEADLINE}.
 *
 * @param custody who has each item that the ledger knows
 * @param told what was said of the goods, for as long as conditions can ask for it; where none can, all that could be said
 */
record Situation(Consignment consignment, Map<String, PartyId> custody, Told told) {
    static final Instant DEADLINE = Bazaar.START.plusSeconds(Bazaar.HOUR);
    static final long VERSION = 7;

    private static final Told BY_A_WITNESS = new Told(Bazaar.CARRIER.id(), false);

    static Situation of(Consignment raw, Map<String, PartyId> custody, Told told) {
        boolean matters = ExplorationEvents.matter(raw);
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
                        withoutHistory(raw.money(), matters),
                        running(raw.deadlines()),
                        whoeverAppealed(raw.dispute()),
                        raw.carrier(),
                        raw.items(),
                        raw.returning(),
                        raw.acceptedLines(),
                        raw.refundedLines(),
                        raw.closed()),
                custody,
                matters ? told : BY_A_WITNESS);
    }

    /** What it becomes when these records are written. */
    Situation after(Outcome.Moved moved) {
        Consignment next = consignment;
        Map<String, PartyId> items = new TreeMap<>(custody);
        Told said = told;
        for (Outcome.Write<?> write : moved.writes()) {
            if (write.value() instanceof Consignment written) {
                next = written;
            } else if (write.value() instanceof Item item) {
                items.put(item.epc(), item.custodian());
            } else if (write.key().equals(Keys.event(ExplorationEvents.ALL.eventId()))
                    && write.value() instanceof Recorded recorded) {
                said = Told.of(recorded.by(), said.inError());
            }
        }
        boolean inError = moved.writes().stream()
                .anyMatch(write -> write.key().equals(Keys.eventError(ExplorationEvents.ALL.eventId())));
        return of(next, items, inError ? Told.of(said.by(), true) : said);
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

    /** Which conditions have decided is all that a rule asks of the history. */
    private static Ledgered withoutHistory(Ledgered money, boolean conditionsMatter) {
        List<Decision> conditions = money.decisions().stream()
                .filter(decision -> conditionsMatter && decision.reason().startsWith("condition "))
                .map(decision -> new Decision(1, decision.reason(), Amount.ZERO, Amount.ZERO, Bazaar.START))
                .sorted(Comparator.comparing(Decision::reason))
                .toList();
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
                conditions);
    }

    private static Deadlines running(Deadlines deadlines) {
        return Arrays.stream(Timer.values())
                .filter(timer -> timer.of(deadlines) != null)
                .findFirst()
                .map(timer -> timer.until(DEADLINE, deadlines.stopDate()))
                .orElse(Timer.none(deadlines.stopDate()));
    }
}
