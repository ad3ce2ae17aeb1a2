package io.clearmarket.chaincode.moves;

import static io.clearmarket.chaincode.moves.MoveRow.ANY;
import static io.clearmarket.chaincode.moves.MoveRow.DISPUTED;
import static io.clearmarket.chaincode.moves.MoveRow.NOT_RULED;
import static io.clearmarket.chaincode.moves.MoveRow.row;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.moves.LegalMove.Closes;
import io.clearmarket.chaincode.moves.LegalMove.Funds;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import java.util.List;
import java.util.stream.Stream;

/** What buyer, merchant and carrier do while nothing goes back and nobody disputes; the money; and what both sides say. */
final class TradeMoves {
    private TradeMoves() {}

    /** The deposit. */
    static List<LegalMove> deposit() {
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
    static List<LegalMove> service() {
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
    static List<LegalMove> beforeShipping() {
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
    static List<LegalMove> onTheWay() {
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
    static List<LegalMove> partiesWord() {
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

    /** Events that buyer and merchant agreed on, cited while the goods are on the way or inspected. */
    static List<LegalMove> conditions() {
        return Stream.of(Goods.SHIPPED, Goods.DELIVERED)
                .flatMap(goods -> Stream.of(
                        row(Command.SettleByEvent.class)
                                .from(goods)
                                .closes(Closes.IF_EMPTY)
                                .does("where the event meets a condition: to the merchant, or the agreed share back"),
                        row(Command.FreezeByEvent.class)
                                .from(goods)
                                .startsTimer()
                                .then(Quarrel.OPEN)
                                .does("where the event meets a condition: dispute OPEN, arbiterBy starts")))
                .toList();
    }

    /** What the settlement chain did, and what is said afterwards. */
    static List<LegalMove> afterwards() {
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
                        .does("a review of an accepted line, once"),
                row(Command.AnswerReview.class)
                        .by(Actor.MERCHANT)
                        .in(ANY)
                        .alsoWhenClosed()
                        .does("the merchant's answer to a review, once"));
    }
}
