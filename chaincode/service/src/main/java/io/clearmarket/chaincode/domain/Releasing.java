package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Ledgered;

/** Buyer and merchant give each other what is held, or call the consignment off. */
final class Releasing {
    private Releasing() {}

    static Outcome cancel(Subject subject) {
        return subject.moved("consignment.cancelled", subject.next().close());
    }

    static Outcome cancelFunded(Subject subject) {
        return allToBuyer(subject, "cancelFunded", "consignment.cancelled");
    }

    static Outcome accept(Command.Accept command, Subject subject) {
        Lines.Meant meant = Lines.meant(command.part(), subject);
        Ledgered money = decide(subject, "accept", meant.amount(), Amount.ZERO);
        return subject.moved(
                "consignment.accepted", subject.next().accepted(meant.lines()).moneyBesideDispute(money));
    }

    static Outcome refund(Command.Refund command, Subject subject) {
        Lines.Meant meant = Lines.meant(command.part(), subject);
        Ledgered money = decide(subject, "refund", Amount.ZERO, meant.amount());
        return subject.moved(
                "consignment.refunded", subject.next().refunded(meant.lines()).moneyBesideDispute(money));
    }

    /** All that is held goes to the merchant's side; the lines left count as accepted. */
    static Outcome allToMerchant(Subject subject, String reason, String type) {
        Amount held = subject.consignment().money().held();
        Ledgered money = decide(subject, reason, held, Amount.ZERO);
        return subject.moved(
                type, subject.next().accepted(Lines.undecided(subject)).money(money));
    }

    /** All that is held goes back to the buyer; the lines left count as refunded. */
    static Outcome allToBuyer(Subject subject, String reason, String type) {
        Amount held = subject.consignment().money().held();
        Ledgered money = decide(subject, reason, Amount.ZERO, held);
        return subject.moved(
                type, subject.next().refunded(Lines.undecided(subject)).money(money));
    }

    private static Ledgered decide(Subject subject, String reason, Amount toMerchant, Amount toBuyer) {
        return subject.money().decide(subject.consignment().money(), reason, toMerchant, toBuyer, subject.now());
    }
}
