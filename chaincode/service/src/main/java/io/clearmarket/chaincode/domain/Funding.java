package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.moves.Timer;
import java.time.Instant;

/** The deposit, as the attesters saw it on the settlement chain. */
final class Funding {
    private Funding() {}

    static Outcome recordDeposit(Command.RecordDeposit command, Subject subject) {
        Outcome.Write<?> used = EvidenceCheck.check(command.evidence(), Evidence.Kind.DEPOSIT, subject);
        Evidence.Seen seen = command.evidence().seen();
        Refuse.unless(
                seen.deposited().equals(subject.terms().total())
                        && seen.gross().isZero()
                        && seen.payer().isZero(),
                RefusalCode.EVIDENCE_WRONG_AMOUNT,
                () -> "the terms want a deposit of exactly " + subject.terms().total() + ", the evidence says "
                        + seen.deposited() + " with " + seen.gross() + " and " + seen.payer() + " paid out of it");
        Ledgered held = subject.money().deposit(seen.deposited());
        return isLate(subject.consignment(), subject.now())
                ? giveBack(subject, held, used)
                : subject.moved(
                        "consignment.funded",
                        subject.next().money(held).start(Timer.SHIP_BY, subject.now(), subject.terms()),
                        used);
    }

    private static Outcome giveBack(Subject subject, Ledgered held, Outcome.Write<?> used) {
        Ledgered returned = subject.money().decide(held, "recordDeposit", Amount.ZERO, held.held(), subject.now());
        return subject.moved("consignment.deposit_returned", subject.next().money(returned), used);
    }

    private static boolean isLate(Consignment consignment, Instant now) {
        Instant payBy = Timer.PAY_BY.of(consignment.deadlines());
        return consignment.closed() || payBy == null || !Timer.isNotPast(payBy, now);
    }
}
