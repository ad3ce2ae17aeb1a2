package io.clearmarket.chaincode.moves;

import static io.clearmarket.chaincode.moves.MoveRow.DISPUTED;
import static io.clearmarket.chaincode.moves.MoveRow.row;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.moves.LegalMove.Closes;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import java.util.List;

/** Goods that go back. */
final class ReturnMoves {
    private ReturnMoves() {}

    static List<LegalMove> returns() {
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
}
