package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.moves.Timer;
import java.util.List;

/** The goods go from the buyer to the carrier and from the carrier back to the merchant. */
final class Returning {
    private static final String NONE = "none";

    private Returning() {}

    static Outcome request(Command.RequestReturn command, Subject subject) {
        Refuse.unless(
                !subject.terms().returnPolicy().equals(NONE),
                RefusalCode.RETURN_NOT_AGREED,
                () -> "the terms of consignment " + subject.consignment().id()
                        + " agree on no returns; the buyer may dispute what is not as agreed");
        Shipping.requireCarrier(command.carrier(), subject);
        return subject.moved(
                "return.requested",
                subject.next()
                        .goods(Goods.RETURN_REQUESTED)
                        .returnedBy(command.carrier())
                        .start(Timer.RETURN_SHIP_BY, subject.now(), subject.terms()));
    }

    static Outcome pickUp(Command.PickUpReturn command, Subject subject) {
        Consignment now = subject.consignment();
        List<Integer> undecided = Lines.undecided(subject);
        List<LineItems> returning = now.items().stream()
                .filter(line -> undecided.contains(line.line()))
                .toList();
        Next next = subject.next()
                .goods(Goods.RETURN_SHIPPED)
                .returning(returning)
                .start(Timer.RETURN_DELIVER_BY, subject.now(), subject.terms());
        return subject.moved(
                "return.picked_up",
                next,
                Shipping.handed(command.event(), returning, now.buyer(), subject.asker(), subject));
    }

    static Outcome deliver(Command.DeliverReturn command, Subject subject) {
        Consignment now = subject.consignment();
        Next next = subject.next().goods(Goods.RETURNED);
        if (now.dispute() == null) {
            next.start(Timer.RETURN_INSPECT_UNTIL, subject.now(), subject.terms());
        }
        return subject.moved(
                "return.delivered",
                next,
                Shipping.handed(command.event(), now.returning(), subject.asker(), now.merchant(), subject));
    }

    static Outcome lapsed(Subject subject) {
        return Releasing.allToMerchant(subject, "returnLapsed", "return.lapsed");
    }

    static Outcome refund(Subject subject) {
        return Releasing.allToBuyer(subject, "refundReturned", "return.refunded");
    }

    /** Nobody gave a reason: the reason's digest is zero. */
    static Outcome openLost(Subject subject) {
        return Disputes.opened(subject, Digest.ZERO, "return.lost");
    }
}
