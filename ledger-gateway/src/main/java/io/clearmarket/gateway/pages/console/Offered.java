package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a party can do now: what the chaincode's own table allows, where what the command would name is there. */
final class Offered {
    private Offered() {}

    static List<Act> of(
            PartyId party,
            Consignment now,
            Terms terms,
            List<Records.Case> cases,
            List<Records.Review> reviews,
            Instant at) {
        Set<Class<? extends Command.OfConsignment>> legal = MoveTable.legal(party, now, terms, at);
        return Arrays.stream(Act.values())
                .filter(act -> legal.contains(act.command()))
                .filter(act -> hasSubject(act, party, now, cases, reviews))
                .toList();
    }

    private static boolean hasSubject(
            Act act, PartyId party, Consignment now, List<Records.Case> cases, List<Records.Review> reviews) {
        return switch (act) {
            case ACCEPT_OFFER -> offerOfOther(party, now).isPresent();
            case WITHDRAW_OFFER ->
                offers(now).stream().anyMatch(offer -> offer.by().equals(party));
            case ANSWER_CASE -> !unanswered(party, cases).isEmpty();
            case ANSWER_REVIEW -> !unanswered(reviews).isEmpty();
            case SHIP, REFUND, CANCEL, CANCEL_FUNDED, CONTEST_RETURN, OFFER_SPLIT, SUBMIT_EVIDENCE, APPEAL, OPEN_CASE ->
                true;
        };
    }

    /** The split that the other side proposes. */
    static Optional<Consignment.Offer> offerOfOther(PartyId party, Consignment now) {
        return offers(now).stream().filter(offer -> !offer.by().equals(party)).findFirst();
    }

    /** What the other side asked and nobody answered. */
    static List<Records.Case> unanswered(PartyId party, List<Records.Case> cases) {
        return cases.stream()
                .filter(asked -> asked.answer() == null && !asked.by().equals(party))
                .toList();
    }

    /** Reviews that the merchant has not answered. */
    static List<Records.Review> unanswered(List<Records.Review> reviews) {
        return reviews.stream().filter(review -> review.answer() == null).toList();
    }

    private static List<Consignment.Offer> offers(Consignment now) {
        Consignment.Dispute dispute = now.dispute();
        return dispute == null ? List.of() : dispute.offers();
    }
}
