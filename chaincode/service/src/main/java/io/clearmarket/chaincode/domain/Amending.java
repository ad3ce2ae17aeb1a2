package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import java.util.ArrayList;
import java.util.List;

/**
 * New terms that both sides signed, before a deposit. The escrow on the settlement chain is another one then, since its id is
 * made of the terms; who still pays into the old one gets it back there.
 */
final class Amending {
    private Amending() {}

    static Outcome amend(Command.AmendTerms command, Subject subject) {
        Consignment now = subject.consignment();
        Terms next = command.terms().terms();
        Refuse.unless(
                next.consignmentId().equals(now.id()),
                RefusalCode.TERMS_WRONG_ORDER,
                () -> "the terms are for consignment " + next.consignmentId() + ", not for " + now.id());
        Refuse.unless(
                next.buyer().equals(now.buyer()) && next.merchant().equals(now.merchant()),
                RefusalCode.WRONG_PARTY,
                () -> "the terms are between " + next.buyer() + " and " + next.merchant()
                        + "; those of the consignment are between " + now.buyer() + " and " + now.merchant());
        Party buyer = Parties.inRole(now.buyer(), Role.BUYER, subject.view(), RefusalCode.UNKNOWN_PARTY);
        Party merchant = Parties.inRole(now.merchant(), Role.MERCHANT, subject.view(), RefusalCode.UNKNOWN_PARTY);
        TermsCheck.require(next, Market.inForce(subject.view()), buyer, merchant, subject.view(), subject.now());
        List<Outcome.Write<?>> writes = new ArrayList<>(SaleOffers.used(next, subject.view(), subject.context()));
        writes.add(new Outcome.Write<>(Keys.terms(now.id()), command.terms()));
        writes.addAll(Marks.referral(next));
        return subject.moved(
                "terms.amended",
                subject.next()
                        .terms(
                                next.asset(),
                                Placing.requireSigned(command.terms(), buyer, merchant),
                                EscrowTypes.escrowId(next))
                        .start(Timer.PAY_BY, subject.now(), next),
                writes);
    }
}
