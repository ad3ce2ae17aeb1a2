package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.domain.LegalMove.Closes;
import io.clearmarket.chaincode.domain.LegalMove.Due;
import io.clearmarket.chaincode.domain.LegalMove.Funds;
import io.clearmarket.chaincode.domain.LegalMove.Quarrel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the table, one subject after another. */
final class MoveTable {
    private static final Set<Goods> ANYWHERE = EnumSet.allOf(Goods.class);
    private static final Set<Quarrel> PEACE = EnumSet.of(Quarrel.NONE);
    /** Before an arbiter, at first or after an appeal. */
    private static final Set<Quarrel> OPEN = EnumSet.of(Quarrel.OPEN, Quarrel.APPEALED);

    private static final Set<Quarrel> RULED = EnumSet.of(Quarrel.RULED);
    private static final Set<Quarrel> NOT_RULED = EnumSet.of(Quarrel.NONE, Quarrel.OPEN, Quarrel.APPEALED);
    private static final Set<Quarrel> DISPUTED = EnumSet.complementOf(EnumSet.of(Quarrel.NONE));
    private static final Set<Quarrel> ANY = EnumSet.allOf(Quarrel.class);

    private MoveTable() {}

    static List<LegalMove> rows() {
        return Stream.of(
                        deposit(),
                        service(),
                        beforeShipping(),
                        onTheWay(),
                        partiesWord(),
                        returns(),
                        disputes(),
                        agreement(),
                        arbitration(),
                        afterwards())
                .flatMap(List::stream)
                .toList();
    }

    /** The deposit. */
    private static List<LegalMove> deposit() {
        return List.of(
                row(Command.RecordDeposit.class)
                        .by(Actor.ANYBODY)
                        .alsoWhenClosed()
                        .funds(Funds.NOT_DEPOSITED)
                        .closes(Closes.IF_EMPTY)
                        .does("held, shipBy starts; after close or payBy: decided back to the buyer, closed"),
                row(Command.Cancel.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .from(Goods.PLACED)
                        .funds(Funds.NOT_DEPOSITED)
                        .closes(Closes.ALWAYS)
                        .does("closed"),
                row(Command.AmendTerms.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .from(Goods.PLACED)
                        .funds(Funds.NOT_DEPOSITED)
                        .within(Timer.PAY_BY)
                        .startsTimer()
                        .does("terms that both signed take the place of the old ones, payBy starts anew"),
                row(Command.ExpireUnpaid.class)
                        .from(Goods.PLACED)
                        .funds(Funds.NOT_DEPOSITED)
                        .after(Timer.PAY_BY)
                        .closes(Closes.ALWAYS)
                        .does("closed"));
    }

    /** What both sides say to each other, whatever has become of goods and money. */
    private static List<LegalMove> service() {
        return List.of(
                service(
                        Command.OpenCase.class,
                        Funds.DEPOSITED,
                        "a question or complaint, with the time for an answer"),
                service(
                        Command.OpenCase.class,
                        Funds.NOT_DEPOSITED,
                        "a question or complaint, with the time for an answer"),
                service(Command.AnswerCase.class, Funds.DEPOSITED, "the other side's answer, once"),
                service(Command.AnswerCase.class, Funds.NOT_DEPOSITED, "the other side's answer, once"));
    }

    private static LegalMove service(Class<? extends Command.OfConsignment> command, Funds funds, String effect) {
        return row(command)
                .by(Actor.BUYER, Actor.MERCHANT)
                .in(ANY)
                .funds(funds)
                .alsoWhenClosed()
                .does(effect);
    }

    /** Before shipping. */
    private static List<LegalMove> beforeShipping() {
        return List.of(
                row(Command.CancelFunded.class)
                        .by(Actor.MERCHANT)
                        .from(Goods.PLACED)
                        .closes(Closes.ALWAYS)
                        .does("all held to the buyer, closed"),
                row(Command.RefundUnshipped.class)
                        .from(Goods.PLACED)
                        .after(Timer.SHIP_BY)
                        .closes(Closes.ALWAYS)
                        .does("all held to the buyer, closed"),
                row(Command.Ship.class)
                        .by(Actor.MERCHANT)
                        .from(Goods.PLACED)
                        .within(Timer.SHIP_BY)
                        .startsTimer()
                        .to(Goods.SHIPPED)
                        .does("the carrier has the items, deliverBy starts"));
    }

    /** On the way. */
    private static List<LegalMove> onTheWay() {
        return List.of(
                row(Command.Deliver.class)
                        .by(Actor.CARRIER)
                        .from(Goods.SHIPPED)
                        .startsTimer()
                        .to(Goods.DELIVERED)
                        .does("the buyer has the items, inspectUntil starts"),
                row(Command.Deliver.class)
                        .by(Actor.CARRIER)
                        .from(Goods.SHIPPED)
                        .in(DISPUTED)
                        .to(Goods.DELIVERED)
                        .does("the buyer has the items; no timer starts in a dispute"),
                row(Command.OpenLost.class)
                        .from(Goods.SHIPPED)
                        .after(Timer.DELIVER_BY)
                        .startsTimer()
                        .then(Quarrel.OPEN)
                        .does("dispute OPEN, arbiterBy starts"));
    }

    /** The parties' word, or their silence. */
    private static List<LegalMove> partiesWord() {
        return List.of(
                row(Command.Accept.class)
                        .by(Actor.BUYER)
                        .in(NOT_RULED)
                        .closes(Closes.IF_EMPTY)
                        .does("to the merchant less fee and referral; closed when nothing is held any more"),
                row(Command.Refund.class)
                        .by(Actor.MERCHANT)
                        .in(NOT_RULED)
                        .closes(Closes.IF_EMPTY)
                        .does("to the buyer; closed when nothing is held any more"),
                row(Command.ReleaseInspected.class)
                        .from(Goods.DELIVERED)
                        .after(Timer.INSPECT_UNTIL)
                        .closes(Closes.ALWAYS)
                        .does("all held to the merchant less fee and referral, closed"));
    }

    /** Goods that go back. */
    private static List<LegalMove> returns() {
        return List.of(
                row(Command.RequestReturn.class)
                        .by(Actor.BUYER)
                        .from(Goods.DELIVERED)
                        .within(Timer.INSPECT_UNTIL)
                        .startsTimer()
                        .to(Goods.RETURN_REQUESTED)
                        .does("a carrier is to bring the items back, returnShipBy starts"),
                row(Command.PickUpReturn.class)
                        .by(Actor.CARRIER)
                        .from(Goods.RETURN_REQUESTED)
                        .startsTimer()
                        .to(Goods.RETURN_SHIPPED)
                        .does("the carrier has the items, returnDeliverBy starts"),
                row(Command.ReturnLapsed.class)
                        .from(Goods.RETURN_REQUESTED)
                        .after(Timer.RETURN_SHIP_BY)
                        .closes(Closes.ALWAYS)
                        .does("all held to the merchant less fee and referral, closed"),
                row(Command.DeliverReturn.class)
                        .by(Actor.CARRIER)
                        .from(Goods.RETURN_SHIPPED)
                        .startsTimer()
                        .to(Goods.RETURNED)
                        .does("the merchant has the items, returnInspectUntil starts"),
                row(Command.DeliverReturn.class)
                        .by(Actor.CARRIER)
                        .from(Goods.RETURN_SHIPPED)
                        .in(DISPUTED)
                        .to(Goods.RETURNED)
                        .does("the merchant has the items; no timer starts in a dispute"),
                row(Command.OpenReturnLost.class)
                        .from(Goods.RETURN_SHIPPED)
                        .after(Timer.RETURN_DELIVER_BY)
                        .startsTimer()
                        .then(Quarrel.OPEN)
                        .does("dispute OPEN, arbiterBy starts"),
                row(Command.RefundReturned.class)
                        .from(Goods.RETURNED)
                        .after(Timer.RETURN_INSPECT_UNTIL)
                        .closes(Closes.ALWAYS)
                        .does("all held to the buyer, closed"),
                row(Command.ContestReturn.class)
                        .by(Actor.MERCHANT)
                        .from(Goods.RETURN_REQUESTED)
                        .startsTimer()
                        .then(Quarrel.OPEN)
                        .does("dispute OPEN, other timers stop, arbiterBy starts"),
                row(Command.ContestReturn.class)
                        .by(Actor.MERCHANT)
                        .from(Goods.RETURNED)
                        .within(Timer.RETURN_INSPECT_UNTIL)
                        .startsTimer()
                        .then(Quarrel.OPEN)
                        .does("dispute OPEN, other timers stop, arbiterBy starts"));
    }

    /** Disputes. */
    private static List<LegalMove> disputes() {
        return List.of(
                row(Command.OpenDispute.class)
                        .by(Actor.BUYER)
                        .from(Goods.SHIPPED)
                        .startsTimer()
                        .then(Quarrel.OPEN)
                        .does("dispute OPEN, other timers stop, arbiterBy starts"),
                row(Command.OpenDispute.class)
                        .by(Actor.BUYER)
                        .from(Goods.DELIVERED)
                        .within(Timer.INSPECT_UNTIL)
                        .startsTimer()
                        .then(Quarrel.OPEN)
                        .does("dispute OPEN, other timers stop, arbiterBy starts"));
    }

    /** What both sides agree on while an arbiter has not ruled. */
    private static List<LegalMove> agreement() {
        return List.of(
                row(Command.OfferSplit.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .in(OPEN)
                        .does("a split is proposed, in the place of this side's earlier one"),
                row(Command.WithdrawOffer.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .in(OPEN)
                        .does("this side's proposal is gone"),
                row(Command.AcceptOffer.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .in(OPEN)
                        .closes(Closes.ALWAYS)
                        .does("the other side's split is decided, closed"));
    }

    /** Arbiters. */
    private static List<LegalMove> arbitration() {
        return List.of(
                row(Command.Rule.class)
                        .by(Actor.ARBITER)
                        .in(EnumSet.of(Quarrel.OPEN))
                        .within(Timer.ARBITER_BY)
                        .startsTimer()
                        .then(Quarrel.RULED)
                        .does("the money is frozen, appealUntil starts"),
                row(Command.Rule.class)
                        .by(Actor.ARBITER)
                        .in(EnumSet.of(Quarrel.APPEALED))
                        .within(Timer.ARBITER_BY)
                        .startsTimer()
                        .then(Quarrel.RULED_AGAIN)
                        .does("the money is frozen, appealUntil runs out at once"),
                row(Command.Appeal.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .in(RULED)
                        .within(Timer.APPEAL_UNTIL)
                        .startsTimer()
                        .then(Quarrel.APPEALED)
                        .does("APPEALED: before the next arbiter, arbiterBy starts"),
                row(Command.ReplaceArbiter.class)
                        .in(OPEN)
                        .after(Timer.ARBITER_BY)
                        .startsTimer()
                        .does("where a substitute is left: the next arbiter, a new arbiterBy"),
                row(Command.DefaultSplit.class)
                        .in(OPEN)
                        .after(Timer.ARBITER_BY)
                        .closes(Closes.ALWAYS)
                        .does(
                                "where no substitute is left, or after the stop date: the appealed ruling if there is one; else to the merchant if delivered, to the buyer if not, closed"),
                row(Command.Finalise.class)
                        .in(RULED)
                        .after(Timer.APPEAL_UNTIL)
                        .closes(Closes.ALWAYS)
                        .does("the ruling is decided, closed"),
                row(Command.Finalise.class)
                        .in(EnumSet.of(Quarrel.RULED_AGAIN))
                        .closes(Closes.ALWAYS)
                        .does("the ruling is decided at once, closed"));
    }

    /** What the settlement chain did, and what is said afterwards. */
    private static List<LegalMove> afterwards() {
        return List.of(
                row(Command.RecordPaid.class)
                        .in(ANY)
                        .alsoWhenClosed()
                        .closes(Closes.IF_EMPTY)
                        .does("shares are paid; decisions that a direct payout overtook are put right"),
                row(Command.RecordReclaim.class)
                        .in(ANY)
                        .alsoWhenClosed()
                        .closes(Closes.ALWAYS)
                        .does("what was held or pending went to the buyer, closed"),
                row(Command.RecordReview.class)
                        .by(Actor.BUYER)
                        .in(ANY)
                        .alsoWhenClosed()
                        .does("a review of an accepted line, once"));
    }

    private static Row row(Class<? extends Command.OfConsignment> command) {
        return new Row(command);
    }

    /** Says only what differs from: by anybody, anywhere, no dispute, money deposited, not closed. */
    private static final class Row {
        private final Class<? extends Command.OfConsignment> command;
        private Set<Actor> actors = EnumSet.of(Actor.ANYBODY);
        private Set<Goods> from = ANYWHERE;
        private Set<Quarrel> quarrels = PEACE;
        private Funds funds = Funds.DEPOSITED;
        private @Nullable Due due;
        private boolean startsTimer;
        private boolean whenClosed;
        private @Nullable Goods to;
        private @Nullable Quarrel then;
        private Closes closes = Closes.NEVER;

        private Row(Class<? extends Command.OfConsignment> command) {
            this.command = command;
        }

        private Row by(Actor first, Actor... others) {
            actors = EnumSet.of(first, others);
            return this;
        }

        private Row from(Goods first) {
            from = EnumSet.of(first);
            return this;
        }

        private Row in(Set<Quarrel> states) {
            quarrels = states;
            return this;
        }

        private Row funds(Funds required) {
            funds = required;
            return this;
        }

        private Row after(Timer timer) {
            due = new Due(timer, true);
            return this;
        }

        private Row within(Timer timer) {
            due = new Due(timer, false);
            return this;
        }

        private Row startsTimer() {
            startsTimer = true;
            return this;
        }

        private Row alsoWhenClosed() {
            whenClosed = true;
            return this;
        }

        private Row to(Goods next) {
            to = next;
            return this;
        }

        private Row then(Quarrel next) {
            then = next;
            return this;
        }

        private Row closes(Closes when) {
            closes = when;
            return this;
        }

        private LegalMove does(String effect) {
            return new LegalMove(
                    command, actors, from, quarrels, funds, due, startsTimer, whenClosed, to, then, closes, effect);
        }
    }
}
