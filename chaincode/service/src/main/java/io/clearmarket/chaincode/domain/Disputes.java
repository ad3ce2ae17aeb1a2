package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Appealed;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Ruling;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.moves.Timer;
import java.util.List;
import java.util.OptionalInt;

/** Disputes: opened, ruled, decided; arbiters replaced, and the default when the last one stays silent. */
final class Disputes {
    private Disputes() {}

    static Outcome open(Command.OpenDispute command, Subject subject) {
        Cases.requireCited(command.caseNumber(), subject);
        return opened(subject, command.reason(), "consignment.disputed");
    }

    static Outcome contestReturn(Command.ContestReturn command, Subject subject) {
        return opened(subject, command.reason(), "return.contested");
    }

    /** A new dispute before the first arbiter. */
    static Outcome opened(Subject subject, Digest reason, String type) {
        return subject.moved(
                type,
                subject.next().dispute(Dispute.opened(reason)).start(Timer.ARBITER_BY, subject.now(), subject.terms()));
    }

    static Outcome rule(Command.Rule command, Subject subject) {
        subject.requireSplit(command.toMerchant(), command.toBuyer());
        Dispute open = subject.dispute();
        Ruling ruling = new Ruling(command.toMerchant(), command.toBuyer(), command.reasons());
        Next next = subject.next()
                .dispute(new Dispute(
                        Dispute.Status.RULED, open.arbiter(), open.reason(), ruling, open.appealed(), List.of()));
        return subject.moved(
                "consignment.ruled",
                open.appealed() == null
                        ? next.start(Timer.APPEAL_UNTIL, subject.now(), subject.terms())
                        : next.runOut(Timer.APPEAL_UNTIL, subject.now()));
    }

    /** The next arbiter in the terms hears it; after the last one the first, and the same one only if there is no other. */
    static Outcome appeal(Command.Appeal command, Subject subject) {
        Dispute ruled = subject.dispute();
        Appealed appealed = new Appealed(ruled.arbiter(), ruling(ruled), subject.asker(), command.reason());
        int next = (ruled.arbiter() + 1) % subject.terms().arbiters().size();
        return subject.moved(
                "consignment.appealed",
                subject.next()
                        .dispute(new Dispute(Dispute.Status.OPEN, next, ruled.reason(), null, appealed, List.of()))
                        .start(Timer.ARBITER_BY, subject.now(), subject.terms()));
    }

    static Outcome finalise(Subject subject) {
        return decided(subject, ruling(subject.dispute()), "finalise", "consignment.finalised");
    }

    static Outcome replaceArbiter(Subject subject) {
        Dispute open = subject.dispute();
        int count = subject.terms().arbiters().size();
        OptionalInt substitute = open.substitute(count);
        Refuse.unless(
                substitute.isPresent(),
                RefusalCode.WRONG_STATE,
                () -> "no substitute is left: arbiter " + (open.arbiter() + 1) + " of " + count
                        + " was the last one; defaultSplit is legal");
        return subject.moved(
                "consignment.arbiter_replaced",
                subject.next()
                        .dispute(new Dispute(
                                Dispute.Status.OPEN,
                                substitute.getAsInt(),
                                open.reason(),
                                null,
                                open.appealed(),
                                open.offers()))
                        .start(Timer.ARBITER_BY, subject.now(), subject.terms()));
    }

    /** After the stop date no new arbiter may start, so the default holds even where a substitute is left. */
    static Outcome defaultSplit(Subject subject) {
        boolean stopped = !Timer.isNotPast(subject.terms().stopDate(), subject.now());
        Dispute open = subject.dispute();
        Refuse.unless(
                stopped || open.substitute(subject.terms().arbiters().size()).isEmpty(),
                RefusalCode.WRONG_STATE,
                () -> "a substitute arbiter is left; replaceArbiter is legal");
        Appealed appealed = open.appealed();
        if (appealed != null) {
            // or whoever lost could hope for silence and win by the default
            return decided(subject, appealed.ruling(), "defaultSplit", "consignment.defaulted");
        }
        return switch (subject.consignment().goods()) {
            case DELIVERED, RETURN_REQUESTED ->
                Releasing.allToMerchant(subject, "defaultSplit", "consignment.defaulted");
            case PLACED, SHIPPED, RETURN_SHIPPED, RETURNED ->
                Releasing.allToBuyer(subject, "defaultSplit", "consignment.defaulted");
        };
    }

    private static Outcome decided(Subject subject, Ruling ruling, String reason, String type) {
        return subject.moved(type, subject.next().money(subject.decide(reason, ruling.toMerchant(), ruling.toBuyer())));
    }

    private static Ruling ruling(Dispute dispute) {
        Ruling ruling = dispute.ruling();
        if (ruling == null) {
            throw new IllegalStateException("ruled without a ruling: " + dispute);
        }
        return ruling;
    }
}
