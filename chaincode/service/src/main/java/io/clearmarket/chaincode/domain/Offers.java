package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Offer;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.identity.PartyId;
import java.util.ArrayList;
import java.util.List;

/** Splits that buyer and merchant propose to each other while an arbiter has not ruled. */
final class Offers {
    private Offers() {}

    static Outcome offer(Command.OfferSplit command, Subject subject) {
        subject.requireSplit(command.toMerchant(), command.toBuyer());
        List<Offer> offers = new ArrayList<>(ofOthers(subject));
        offers.add(new Offer(subject.asker(), command.toMerchant(), command.toBuyer(), command.version()));
        return subject.moved("split.offered", subject.next().dispute(with(subject.dispute(), offers)));
    }

    static Outcome withdraw(Subject subject) {
        List<Offer> others = ofOthers(subject);
        Refuse.unless(
                others.size() < subject.dispute().offers().size(),
                RefusalCode.UNKNOWN_OFFER,
                () -> "party " + subject.asker() + " has no offer standing; standing are "
                        + subject.dispute().offers());
        return subject.moved("split.withdrawn", subject.next().dispute(with(subject.dispute(), others)));
    }

    static Outcome accept(Command.AcceptOffer command, Subject subject) {
        Offer offer = Refuse.ifAbsent(
                ofOthers(subject).stream()
                        .filter(other ->
                                other.digest(subject.consignment().id()).equals(command.offer()))
                        .findFirst()
                        .orElse(null),
                RefusalCode.UNKNOWN_OFFER,
                () -> "the other side has no offer " + command.offer() + " standing; standing are "
                        + ofOthers(subject).stream()
                                .map(other -> other.digest(subject.consignment().id()))
                                .toList());
        return subject.moved(
                "split.agreed",
                subject.next().money(subject.decide("acceptOffer", offer.toMerchant(), offer.toBuyer())));
    }

    private static List<Offer> ofOthers(Subject subject) {
        PartyId asker = subject.asker();
        return subject.dispute().offers().stream()
                .filter(offer -> !offer.by().equals(asker))
                .toList();
    }

    private static Dispute with(Dispute dispute, List<Offer> offers) {
        return new Dispute(
                dispute.status(), dispute.arbiter(), dispute.reason(), dispute.ruling(), dispute.appealed(), offers);
    }
}
