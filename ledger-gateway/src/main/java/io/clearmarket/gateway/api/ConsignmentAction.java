package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Command;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to a consignment: the last segment of the path, and the command it stands for. */
enum ConsignmentAction {
    SHIP(Command.Ship.class, "The merchant hands the goods to the carrier, naming the items of each line"),
    DELIVER(Command.Deliver.class, "The carrier hands the goods to the buyer"),
    ACCEPT(Command.Accept.class, "The buyer releases an amount, lines or all that is held"),
    REFUND(Command.Refund.class, "The merchant gives back an amount, lines or all that is held"),
    CANCEL(Command.Cancel.class, "Buyer or merchant calls off what nobody has paid"),
    CANCEL_FUNDED(Command.CancelFunded.class, "The merchant gives all back before shipping"),
    DISPUTE(Command.OpenDispute.class, "The buyer disputes"),
    SETTLE_BY_EVENT(
            Command.SettleByEvent.class, "Anybody cites an event that releases or gives back, as the terms say"),
    FREEZE_BY_EVENT(Command.FreezeByEvent.class, "Anybody cites an event that opens a dispute, as the terms say"),
    AMEND_TERMS(Command.AmendTerms.class, "Buyer or merchant brings other terms that both signed, before a deposit"),
    OPEN_CASE(Command.OpenCase.class, "Buyer or merchant asks or complains"),
    ANSWER_CASE(Command.AnswerCase.class, "The other side answers"),
    ANSWER_REVIEW(Command.AnswerReview.class, "The merchant answers the review of a line, once"),
    REQUEST_RETURN(Command.RequestReturn.class, "The buyer wants to give back what was delivered"),
    PICK_UP_RETURN(Command.PickUpReturn.class, "The carrier takes what goes back from the buyer"),
    DELIVER_RETURN(Command.DeliverReturn.class, "The carrier hands what came back to the merchant"),
    CONTEST_RETURN(Command.ContestReturn.class, "The merchant disputes a return"),
    OFFER_SPLIT(Command.OfferSplit.class, "Buyer or merchant proposes a split of what is in dispute"),
    WITHDRAW_OFFER(Command.WithdrawOffer.class, "Buyer or merchant takes its proposal back"),
    ACCEPT_OFFER(Command.AcceptOffer.class, "Buyer or merchant agrees to the other's proposal, named by its digest"),
    SUBMIT_EVIDENCE(
            Command.SubmitEvidence.class, "Buyer or merchant lays a document before the arbiter who is to rule"),
    APPEAL(Command.Appeal.class, "Buyer or merchant takes a ruling to the next arbiter, once"),
    RULE(Command.Rule.class, "The current arbiter splits what is held"),
    RECORD_DEPOSIT(Command.RecordDeposit.class, "Anybody brings attested evidence of the deposit"),
    RECORD_PAID(Command.RecordPaid.class, "Anybody brings attested evidence of a payout"),
    RECORD_RECLAIM(Command.RecordReclaim.class, "Anybody brings attested evidence of a reclaim"),
    EXPIRE_UNPAID(Command.ExpireUnpaid.class, "Anybody closes what was not paid in time"),
    REFUND_UNSHIPPED(Command.RefundUnshipped.class, "Anybody gives back what was not shipped in time"),
    OPEN_LOST(Command.OpenLost.class, "Anybody opens the dispute about what was not delivered in time"),
    RELEASE_INSPECTED(Command.ReleaseInspected.class, "Anybody releases what was not objected to in time"),
    RETURN_LAPSED(Command.ReturnLapsed.class, "Anybody releases what was to go back but was not picked up in time"),
    OPEN_RETURN_LOST(Command.OpenReturnLost.class, "Anybody opens the dispute about what did not come back in time"),
    REFUND_RETURNED(Command.RefundReturned.class, "Anybody gives back what came back and was not contested in time"),
    REPLACE_ARBITER(Command.ReplaceArbiter.class, "Anybody calls the substitute of an arbiter who is late"),
    DEFAULT_SPLIT(Command.DefaultSplit.class, "Anybody decides as agreed where every arbiter was late"),
    FINALISE(Command.Finalise.class, "Anybody makes a ruling final that nobody can appeal any more");

    private final Class<? extends Command> command;
    private final String summary;

    ConsignmentAction(Class<? extends Command> command, String summary) {
        this.command = command;
        this.summary = summary;
    }

    Class<? extends Command> command() {
        return command;
    }

    String summary() {
        return summary;
    }

    /** As in the path, such as {@code cancel-funded}. */
    String segment() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ConsignmentAction> of(String segment) {
        return Arrays.stream(values())
                .filter(action -> action.segment().equals(segment))
                .findFirst();
    }
}
