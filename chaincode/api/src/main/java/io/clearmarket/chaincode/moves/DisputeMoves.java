package io.clearmarket.chaincode.moves;

import static io.clearmarket.chaincode.moves.MoveRow.OPEN;
import static io.clearmarket.chaincode.moves.MoveRow.RULED;
import static io.clearmarket.chaincode.moves.MoveRow.row;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.moves.LegalMove.Closes;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import java.util.EnumSet;
import java.util.List;

/** Disputes, what both sides agree on in one, and arbiters. */
final class DisputeMoves {
    private DisputeMoves() {}

    /** Disputes. */
    static List<LegalMove> disputes() {
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
    static List<LegalMove> agreement() {
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

    /** Arbiters, and what is laid before them. */
    static List<LegalMove> arbitration() {
        return List.of(
                row(Command.SubmitEvidence.class)
                        .by(Actor.BUYER, Actor.MERCHANT)
                        .in(OPEN)
                        .within(Timer.ARBITER_BY)
                        .does("a document is laid before the arbiter, at most 20 by each side"),
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
}
