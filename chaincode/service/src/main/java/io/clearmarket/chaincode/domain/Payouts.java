package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.RefusalCode;

/** What the settlement chain paid or gave back: the chain has the last word on where the money is. */
final class Payouts {
    private Payouts() {}

    static Outcome recordPaid(Command.RecordPaid command, Subject subject) {
        Outcome.Write<?> used = EvidenceCheck.check(command.evidence(), Evidence.Kind.PAID, subject);
        Evidence.Seen seen = command.evidence().seen();
        Ledgered before = subject.consignment().money();
        requireWithinDeposit(seen, before);
        Refuse.unless(
                isLater(seen, before) || isEarlier(seen, before),
                RefusalCode.EVIDENCE_WRONG_AMOUNT,
                () -> contradiction(seen, before));
        // logs may be recorded in any order; their amounts are cumulative, so the largest seen is the state of the
        // chain
        Amount gross = EscrowMoney.max(before.paidGross(), seen.gross());
        Amount buyer = EscrowMoney.max(before.paidBuyer(), seen.payer());
        Ledgered after = subject.money().paid(before, "recordPaid", gross, buyer, subject.now());
        return subject.moved("consignment.paid", subject.next().moneyBesideDispute(after), used);
    }

    static Outcome recordReclaim(Command.RecordReclaim command, Subject subject) {
        Outcome.Write<?> used = EvidenceCheck.check(command.evidence(), Evidence.Kind.RECLAIM, subject);
        Evidence.Seen seen = command.evidence().seen();
        Ledgered before = subject.consignment().money();
        requireWithinDeposit(seen, before);
        Refuse.unless(isLater(seen, before), RefusalCode.EVIDENCE_WRONG_AMOUNT, () -> contradiction(seen, before));
        Refuse.unless(
                seen.gross().plus(seen.payer()).equals(before.deposited()),
                RefusalCode.EVIDENCE_WRONG_AMOUNT,
                () -> "a reclaim empties the escrow, but " + seen.gross() + " and " + seen.payer()
                        + " paid out are another sum than the deposit of " + before.deposited());
        Ledgered after = subject.money().reclaimed(before, "recordReclaim", seen.gross(), subject.now());
        return subject.moved("consignment.reclaimed", subject.next().money(after), used);
    }

    private static boolean isLater(Evidence.Seen seen, Ledgered before) {
        return !before.paidGross().isMoreThan(seen.gross())
                && !before.paidBuyer().isMoreThan(seen.payer());
    }

    private static boolean isEarlier(Evidence.Seen seen, Ledgered before) {
        return !seen.gross().isMoreThan(before.paidGross()) && !seen.payer().isMoreThan(before.paidBuyer());
    }

    /** Cumulative amounts only grow, so no chain can have said both. */
    private static String contradiction(Evidence.Seen seen, Ledgered before) {
        return "the evidence says " + seen.gross() + " and " + seen.payer() + " paid out in all, the ledger has seen "
                + before.paidGross() + " and " + before.paidBuyer() + "; one of the two cannot be";
    }

    private static void requireWithinDeposit(Evidence.Seen seen, Ledgered before) {
        Refuse.unless(
                seen.deposited().equals(before.deposited())
                        && !seen.gross().plus(seen.payer()).isMoreThan(before.deposited()),
                RefusalCode.EVIDENCE_WRONG_AMOUNT,
                () -> "the ledger knows a deposit of " + before.deposited() + ", the evidence says " + seen.deposited()
                        + " with " + seen.gross() + " and " + seen.payer() + " paid out of it");
    }
}
