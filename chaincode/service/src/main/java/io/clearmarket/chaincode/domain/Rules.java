package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;

/** Every command's decision. Whether it was already taken (the receipt) is the adapter's question, not the rules'. */
public final class Rules {
    private Rules() {}

    /** Decides; never throws for anything a client can send, never changes anything. */
    public static Outcome decide(Command command, View view, Context context) {
        try {
            return dispatch(command, view, context);
        } catch (Refuse refused) {
            return new Outcome.Refused(refused.refusal());
        } catch (InvalidValue invalid) {
            return new Outcome.Refused(new Refusal(RefusalCode.INVALID_VALUE, String.valueOf(invalid.getMessage())));
        }
    }

    private static Outcome dispatch(Command command, View view, Context context) {
        return switch (command) {
            case Command.ApproveMarket c -> Market.approve(c, view, context);
            case Command.RegisterParty c -> Parties.register(c, view, context);
            case Command.AccreditParty c -> Parties.accredit(c, view, context);
            case Command.SuspendParty c -> Suspension.suspend(c, view, context);
            case Command.ReinstateParty c -> Suspension.reinstate(c, view, context);
            case Command.ChangeAddress c -> PartyChanges.changeAddress(c, view, context);
            case Command.ChangeKey c -> PartyChanges.changeKey(c, view, context);
            case Command.WithdrawChange c -> PartyChanges.withdraw(c, view, context);
            case Command.CompleteChange c -> PartyChanges.complete(c, view, context);
            case Command.PublishOffer c -> SaleOffers.publish(c, view, context);
            case Command.PlaceOrder c -> Placing.place(c, view, context);
            case Command.RecordEvent c -> Provenance.record(c, view, context);
            case Command.RecordHandOver c -> HandOvers.record(c, view, context);
            case Command.RegisterDevice c -> Devices.register(c, view, context);
            case Command.CalibrateDevice c -> Devices.calibrate(c, view, context);
            case Command.RevokeDevice c -> Devices.revoke(c, view, context);
            case Command.RecordReadings c -> Devices.record(c, view, context);
            case Command.OfConsignment c -> ofConsignment(c, Subject.load(c, view, context));
        };
    }

    private static Outcome ofConsignment(Command.OfConsignment command, Subject subject) {
        LegalMoves.require(command, subject);
        return switch (command) {
            case Command.RecordDeposit c -> Funding.recordDeposit(c, subject);
            case Command.RecordPaid c -> Payouts.recordPaid(c, subject);
            case Command.RecordReclaim c -> Payouts.recordReclaim(c, subject);
            case Command.Cancel c -> Releasing.cancel(subject);
            case Command.CancelFunded c -> Releasing.cancelFunded(subject);
            case Command.Ship c -> Shipping.ship(c, subject);
            case Command.Deliver c -> Shipping.deliver(c, subject);
            case Command.Accept c -> Releasing.accept(c, subject);
            case Command.Refund c -> Releasing.refund(c, subject);
            case Command.SettleByEvent c -> DeliveryConditions.settle(c, subject);
            case Command.FreezeByEvent c -> DeliveryConditions.freeze(c, subject);
            case Command.OpenDispute c -> Disputes.open(c, subject);
            case Command.SubmitEvidence c -> Exhibits.submit(c, subject);
            case Command.Rule c -> Disputes.rule(c, subject);
            case Command.AmendTerms c -> Amending.amend(c, subject);
            case Command.OpenCase c -> Cases.open(c, subject);
            case Command.AnswerCase c -> Cases.answer(c, subject);
            case Command.RequestReturn c -> Returning.request(c, subject);
            case Command.PickUpReturn c -> Returning.pickUp(c, subject);
            case Command.DeliverReturn c -> Returning.deliver(c, subject);
            case Command.ContestReturn c -> Disputes.contestReturn(c, subject);
            case Command.OfferSplit c -> Offers.offer(c, subject);
            case Command.WithdrawOffer c -> Offers.withdraw(subject);
            case Command.AcceptOffer c -> Offers.accept(c, subject);
            case Command.Appeal c -> Disputes.appeal(c, subject);
            case Command.ReturnLapsed c -> Returning.lapsed(subject);
            case Command.OpenReturnLost c -> Returning.openLost(subject);
            case Command.RefundReturned c -> Returning.refund(subject);
            case Command.ExpireUnpaid c -> Timers.expireUnpaid(subject);
            case Command.RefundUnshipped c -> Timers.refundUnshipped(subject);
            case Command.OpenLost c -> Timers.openLost(subject);
            case Command.ReleaseInspected c -> Timers.releaseInspected(subject);
            case Command.ReplaceArbiter c -> Disputes.replaceArbiter(subject);
            case Command.DefaultSplit c -> Disputes.defaultSplit(subject);
            case Command.Finalise c -> Disputes.finalise(subject);
            case Command.RecordReview c -> Reviews.record(c, subject);
            case Command.AnswerReview c -> Reviews.answer(c, subject);
        };
    }
}
