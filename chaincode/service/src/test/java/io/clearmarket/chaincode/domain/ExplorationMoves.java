package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Situation.VERSION;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.Command.Part;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.LegalMove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every command of a consignment worth trying in a situation: each kind, with every small amount and set of lines. */
final class ExplorationMoves {
    private static final CommandId SOME_ID = new CommandId("explored");

    /** With so little money rulings are for one side, and splits are offered before an appeal only: it is quick then. */
    private static final int SMALL = 2;

    private final ExplorationTerms terms;
    private final boolean quick;
    private final Map<String, Evidence> evidence = new HashMap<>();

    ExplorationMoves(ExplorationTerms terms) {
        this.terms = terms;
        quick = terms.all().stream()
                .allMatch(signed -> signed.terms().total().units().longValueExact() <= SMALL);
    }

    /** True with little money: less is tried then, and the whole takes seconds. */
    boolean isQuick() {
        return quick;
    }

    List<Command> in(Situation situation) {
        List<Command> all = new ArrayList<>(at(situation, VERSION));
        if (terms.all().stream().anyMatch(signed -> signed.terms().conditions() != null)) {
            all.addAll(ExplorationEvents.told(SOME_ID));
        }
        return all;
    }

    List<Command.OfConsignment> at(Situation situation, long version) {
        List<Command.OfConsignment> all = new ArrayList<>();
        Terms now = terms.of(situation.consignment());
        long total = now.total().units().longValueExact();
        addGoods(all, situation, version);
        addParts(all, total, version);
        addDisputes(all, situation, version);
        addTimed(all);
        addEvidence(all, situation.consignment().escrowId(), total);
        addOtherTerms(all, situation, version);
        all.addAll(ExplorationEvents.cases(SOME_ID, version));
        all.addAll(ExplorationEvents.cited(SOME_ID, now.deliveryConditions().size()));
        return all;
    }

    private void addGoods(List<Command.OfConsignment> all, Situation situation, long version) {
        Consignment now = situation.consignment();
        List<Integer> left = terms.of(now).lines().stream()
                .map(Terms.Line::line)
                .filter(line -> !now.refundedLines().contains(line))
                .toList();
        List<LineItems> items = left.stream()
                .map(line -> new LineItems(line, List.of(Facts.epc(line))))
                .toList();
        List<LineItems> undecided = now.items().stream()
                .filter(line -> !now.acceptedLines().contains(line.line())
                        && !now.refundedLines().contains(line.line()))
                .toList();
        all.add(new Command.Cancel(SOME_ID, ID, version));
        all.add(new Command.CancelFunded(SOME_ID, ID, version));
        all.add(new Command.Ship(SOME_ID, ID, version, items, CARRIER.id(), event(items)));
        all.add(new Command.Deliver(SOME_ID, ID, version, event(now.items())));
        all.add(new Command.RequestReturn(SOME_ID, ID, version, CARRIER.id(), Digest.ZERO));
        all.add(new Command.PickUpReturn(SOME_ID, ID, version, event(undecided)));
        all.add(new Command.DeliverReturn(SOME_ID, ID, version, event(now.returning())));
        all.add(new Command.ContestReturn(SOME_ID, ID, version, Digest.ZERO));
        all.add(new Command.OpenDispute(SOME_ID, ID, version, Digest.ZERO, null));
        all.add(new Command.RecordReview(SOME_ID, ID, 1, 5, Digest.ZERO));
    }

    private static void addParts(List<Command.OfConsignment> all, long total, long version) {
        List<Part> parts = new ArrayList<>(List.of(
                Part.ALL, Bazaar.lines(1), Bazaar.lines(2), Bazaar.lines(2, 1), Bazaar.lines(1, 1), Bazaar.lines(3)));
        for (long units = 0; units <= total + 1; units++) {
            parts.add(Bazaar.amount(units));
        }
        for (Part part : parts) {
            all.add(new Command.Accept(SOME_ID, ID, version, part));
            all.add(new Command.Refund(SOME_ID, ID, version, part));
        }
    }

    private void addDisputes(List<Command.OfConsignment> all, Situation situation, long version) {
        long held = situation.held().units().longValueExact();
        for (long units = 0; units <= held; units++) {
            Amount toMerchant = Amount.of(units);
            Amount toBuyer = Amount.of(held - units);
            boolean whole = units == 0 || units == held;
            if (whole || !quick) {
                all.add(new Command.Rule(SOME_ID, ID, version, toMerchant, toBuyer, Digest.ZERO));
            }
            if (whole && (situation.quarrel() == LegalMove.Quarrel.OPEN || !quick)) {
                all.add(new Command.OfferSplit(SOME_ID, ID, version, toMerchant, toBuyer));
            }
        }
        all.add(new Command.Rule(SOME_ID, ID, version, Amount.of(held), Amount.of(1), Digest.ZERO));
        all.add(new Command.OfferSplit(SOME_ID, ID, version, Amount.of(held), Amount.of(1)));
        all.add(new Command.WithdrawOffer(SOME_ID, ID, version));
        all.add(new Command.AcceptOffer(SOME_ID, ID, version, Digest.ZERO));
        for (Consignment.Offer offer : situation.offers()) {
            all.add(new Command.AcceptOffer(SOME_ID, ID, version, offer.digest(ID)));
        }
        all.add(new Command.Appeal(SOME_ID, ID, version, Digest.ZERO));
    }

    private static void addTimed(List<Command.OfConsignment> all) {
        all.add(new Command.ExpireUnpaid(SOME_ID, ID));
        all.add(new Command.RefundUnshipped(SOME_ID, ID));
        all.add(new Command.OpenLost(SOME_ID, ID));
        all.add(new Command.ReleaseInspected(SOME_ID, ID));
        all.add(new Command.ReturnLapsed(SOME_ID, ID));
        all.add(new Command.OpenReturnLost(SOME_ID, ID));
        all.add(new Command.RefundReturned(SOME_ID, ID));
        all.add(new Command.ReplaceArbiter(SOME_ID, ID));
        all.add(new Command.DefaultSplit(SOME_ID, ID));
        all.add(new Command.Finalise(SOME_ID, ID));
    }

    /** To each of the terms, signed by both; and signed by one side in the place of both. */
    private void addOtherTerms(List<Command.OfConsignment> all, Situation situation, long version) {
        for (SignedTerms other : terms.all()) {
            all.add(new Command.AmendTerms(SOME_ID, ID, version, other));
            if (!other.equals(terms.signedOf(situation.consignment()))) {
                Digest escrow = EscrowTypes.escrowId(other.terms());
                long total = other.terms().total().units().longValueExact();
                all.add(new Command.RecordDeposit(SOME_ID, ID, attested(escrow, Evidence.Kind.DEPOSIT, total, 0, 0)));
            }
        }
        SignedTerms last = terms.all().getLast();
        for (String one : List.of(last.buyerSignature(), last.merchantSignature())) {
            all.add(new Command.AmendTerms(SOME_ID, ID, version, new SignedTerms(last.terms(), one, one)));
        }
    }

    /** The deposit, right and wrong; every payout and reclaim that a contract with this deposit could report. */
    private void addEvidence(List<Command.OfConsignment> all, Digest escrow, long total) {
        all.add(new Command.RecordDeposit(SOME_ID, ID, attested(escrow, Evidence.Kind.DEPOSIT, total, 0, 0)));
        all.add(new Command.RecordDeposit(SOME_ID, ID, attested(escrow, Evidence.Kind.DEPOSIT, total - 1, 0, 0)));
        all.add(new Command.RecordDeposit(SOME_ID, ID, attested(escrow, Evidence.Kind.PAID, total, 0, 0)));
        for (long gross = 0; gross <= total; gross++) {
            for (long payer = 0; gross + payer <= total; payer++) {
                all.add(new Command.RecordPaid(SOME_ID, ID, attested(escrow, Evidence.Kind.PAID, total, gross, payer)));
            }
            all.add(new Command.RecordReclaim(
                    SOME_ID, ID, attested(escrow, Evidence.Kind.RECLAIM, total, gross, total - gross)));
        }
        all.add(new Command.RecordPaid(SOME_ID, ID, attested(escrow, Evidence.Kind.PAID, total, total, 1)));
        all.add(new Command.RecordReclaim(SOME_ID, ID, attested(escrow, Evidence.Kind.RECLAIM, total, 0, total - 1)));
    }

    private Evidence attested(Digest escrow, Evidence.Kind kind, long deposited, long gross, long payer) {
        return evidence.computeIfAbsent(
                escrow + " " + kind + " " + deposited + " " + gross + " " + payer,
                fact -> Facts.attested(
                        new Evidence.Seen(
                                Bazaar.CHAIN,
                                Bazaar.ESCROW,
                                escrow,
                                kind,
                                Amount.of(deposited),
                                Amount.of(gross),
                                Amount.of(payer),
                                Digest.ZERO,
                                1,
                                1,
                                Digest.ZERO,
                                Bazaar.START),
                        Bazaar.AUDIT_ATTESTER,
                        Bazaar.PLATFORM_ATTESTER));
    }

    private static EpcisRecord event(List<LineItems> items) {
        return new EpcisRecord(
                "ni:///sha-256;" + "0".repeat(64) + "?ver=CBV2.0",
                "ObjectEvent",
                "OBSERVE",
                "shipping",
                null,
                Bazaar.START,
                Facts.epcs(items),
                null,
                null,
                Digest.ZERO);
    }
}
