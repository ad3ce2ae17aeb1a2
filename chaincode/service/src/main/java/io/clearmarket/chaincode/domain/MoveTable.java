package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
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
    private static final Set<Quarrel> OPEN = EnumSet.of(Quarrel.OPEN);
    private static final Set<Quarrel> RULED = EnumSet.of(Quarrel.RULED);
    private static final Set<Quarrel> NOT_RULED = EnumSet.of(Quarrel.NONE, Quarrel.OPEN);
    private static final Set<Quarrel> DISPUTED = EnumSet.of(Quarrel.OPEN, Quarrel.RULED);
    private static final Set<Quarrel> ANY = EnumSet.allOf(Quarrel.class);

    private MoveTable() {}

    static List<LegalMove> rows() {
        return Stream.of(deposit(), beforeShipping(), onTheWay(), partiesWord(), disputes(), afterwards())
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
                        .does("held, shipBy starts; after close or payBy: decided back to the buyer, closed"),
                row(Command.Cancel.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .from(Goods.PLACED)
                        .funds(Funds.NOT_DEPOSITED)
                        .does("closed"),
                row(Command.ExpireUnpaid.class)
                        .from(Goods.PLACED)
                        .funds(Funds.NOT_DEPOSITED)
                        .after(Timer.PAY_BY)
                        .does("closed"));
    }

    /** Before shipping. */
    private static List<LegalMove> beforeShipping() {
        return List.of(
                row(Command.CancelFunded.class)
                        .by(Actor.MERCHANT)
                        .from(Goods.PLACED)
                        .does("all held to the buyer, closed"),
                row(Command.RefundUnshipped.class)
                        .from(Goods.PLACED)
                        .after(Timer.SHIP_BY)
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
                        .does("dispute OPEN, arbiterBy starts"));
    }

    /** The parties' word, or their silence. */
    private static List<LegalMove> partiesWord() {
        return List.of(
                row(Command.Accept.class)
                        .by(Actor.BUYER)
                        .in(NOT_RULED)
                        .does("to the merchant less fee and referral; closed when nothing is held any more"),
                row(Command.Refund.class)
                        .by(Actor.MERCHANT)
                        .in(NOT_RULED)
                        .does("to the buyer; closed when nothing is held any more"),
                row(Command.ReleaseInspected.class)
                        .from(Goods.DELIVERED)
                        .after(Timer.INSPECT_UNTIL)
                        .does("all held to the merchant less fee and referral, closed"));
    }

    /** Disputes. */
    private static List<LegalMove> disputes() {
        return List.of(
                row(Command.OpenDispute.class)
                        .by(Actor.BUYER)
                        .from(Goods.SHIPPED)
                        .startsTimer()
                        .does("dispute OPEN, other timers stop, arbiterBy starts"),
                row(Command.OpenDispute.class)
                        .by(Actor.BUYER)
                        .from(Goods.DELIVERED)
                        .within(Timer.INSPECT_UNTIL)
                        .startsTimer()
                        .does("dispute OPEN, other timers stop, arbiterBy starts"),
                row(Command.Rule.class)
                        .by(Actor.ARBITER)
                        .in(OPEN)
                        .within(Timer.ARBITER_BY)
                        .startsTimer()
                        .does("RULED: the money is frozen, appealUntil starts"),
                row(Command.ReplaceArbiter.class)
                        .in(OPEN)
                        .after(Timer.ARBITER_BY)
                        .startsTimer()
                        .does("where a substitute is left: the next arbiter, a new arbiterBy"),
                row(Command.DefaultSplit.class)
                        .in(OPEN)
                        .after(Timer.ARBITER_BY)
                        .does(
                                "where no substitute is left, or after the stop date: to the merchant if delivered, else to the buyer, closed"),
                row(Command.Finalise.class).in(RULED).after(Timer.APPEAL_UNTIL).does("the ruling is decided, closed"));
    }

    /** What the settlement chain did, and what is said afterwards. */
    private static List<LegalMove> afterwards() {
        return List.of(
                row(Command.RecordPaid.class)
                        .in(ANY)
                        .alsoWhenClosed()
                        .does("shares are paid; decisions that a direct payout overtook are put right"),
                row(Command.RecordReclaim.class)
                        .in(ANY)
                        .alsoWhenClosed()
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

        private LegalMove does(String effect) {
            return new LegalMove(command, actors, from, quarrels, funds, due, startsTimer, whenClosed, to, effect);
        }
    }
}
