package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Consignment.Ruling;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RefusalCode;

/** Disputes: opened, ruled, decided; arbiters replaced, and the default when the last one stays silent. */
final class Disputes {
    private Disputes() {}

    static Outcome open(Command.OpenDispute command, Subject subject) {
        return opened(subject, command.reason(), "consignment.disputed");
    }

    /** A new dispute before the first arbiter. */
    static Outcome opened(Subject subject, Digest reason, String type) {
        return subject.moved(
                type,
                subject.next()
                        .dispute(new Dispute(Dispute.Status.OPEN, 0, reason, null))
                        .start(Timer.ARBITER_BY, subject.now(), subject.terms()));
    }

    static Outcome rule(Command.Rule command, Subject subject) {
        Amount held = subject.consignment().money().held();
        Refuse.unless(
                command.toMerchant().plus(command.toBuyer()).equals(held),
                RefusalCode.AMOUNTS_DO_NOT_ADD_UP,
                () -> command.toMerchant() + " to the merchant and " + command.toBuyer()
                        + " to the buyer make another sum than the " + held + " held");
        Dispute open = dispute(subject);
        Ruling ruling = new Ruling(command.toMerchant(), command.toBuyer(), command.reasons());
        return subject.moved(
                "consignment.ruled",
                subject.next()
                        .dispute(new Dispute(Dispute.Status.RULED, open.arbiter(), open.reason(), ruling))
                        .start(Timer.APPEAL_UNTIL, subject.now(), subject.terms()));
    }

    static Outcome finalise(Subject subject) {
        Ruling ruling = dispute(subject).ruling();
        if (ruling == null) {
            throw new IllegalStateException("ruled without a ruling: " + subject.consignment());
        }
        Ledgered money = subject.money()
                .decide(
                        subject.consignment().money(),
                        "finalise",
                        ruling.toMerchant(),
                        ruling.toBuyer(),
                        subject.now());
        return subject.moved("consignment.finalised", subject.next().money(money));
    }

    static Outcome replaceArbiter(Subject subject) {
        Dispute open = dispute(subject);
        Refuse.unless(
                hasSubstitute(subject),
                RefusalCode.WRONG_STATE,
                () -> "no substitute is left: arbiter " + (open.arbiter() + 1) + " of "
                        + subject.terms().arbiters().size() + " was the last one; defaultSplit is legal");
        return subject.moved(
                "consignment.arbiter_replaced",
                subject.next()
                        .dispute(new Dispute(Dispute.Status.OPEN, open.arbiter() + 1, open.reason(), null))
                        .start(Timer.ARBITER_BY, subject.now(), subject.terms()));
    }

    /** After the stop date no new arbiter may start, so the default holds even where a substitute is left. */
    static Outcome defaultSplit(Subject subject) {
        boolean stopped = !Timer.isNotPast(subject.terms().stopDate(), subject.now());
        Refuse.unless(
                stopped || !hasSubstitute(subject),
                RefusalCode.WRONG_STATE,
                () -> "a substitute arbiter is left; replaceArbiter is legal");
        return switch (subject.consignment().goods()) {
            case DELIVERED, RETURN_REQUESTED ->
                Releasing.allToMerchant(subject, "defaultSplit", "consignment.defaulted");
            case PLACED, SHIPPED, RETURN_SHIPPED, RETURNED ->
                Releasing.allToBuyer(subject, "defaultSplit", "consignment.defaulted");
        };
    }

    private static boolean hasSubstitute(Subject subject) {
        return dispute(subject).arbiter() + 1 < subject.terms().arbiters().size();
    }

    private static Dispute dispute(Subject subject) {
        Dispute dispute = subject.consignment().dispute();
        if (dispute == null) {
            throw new IllegalStateException("no dispute in " + subject.consignment());
        }
        return dispute;
    }
}
