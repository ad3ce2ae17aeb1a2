package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Gtin;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.Money;
import io.clearmarket.chaincode.api.Records.OfferUse;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Merchants' published offers, and the lines that cite them. An offer is never written again: only its uses are. */
final class SaleOffers {
    private SaleOffers() {}

    static Outcome publish(Command.PublishOffer command, View view, Context context) {
        SaleOffer offer = command.offer();
        Permissions.asker(command, view, context);
        Refuse.unless(
                offer.merchant().equals(context.asker().party()),
                RefusalCode.WRONG_PARTY,
                () -> "the offer is of merchant " + offer.merchant() + "; only that party publishes it");
        String ledger = Market.inForce(view).ledger();
        Refuse.unless(
                offer.ledger().equals(ledger),
                RefusalCode.TERMS_WRONG_LEDGER,
                () -> "the offer is for ledger " + offer.ledger() + "; this is " + ledger);
        requireSound(offer);
        Key<SaleOffer> key = Keys.offer(offer.hash());
        Refuse.unless(
                view.find(key) == null,
                RefusalCode.SALE_OFFER_EXISTS,
                () -> "offer " + offer.hash() + " is published already; another one needs another nonce");
        return Outcome.Moved.of("offer.published", new Outcome.Write<>(key, offer));
    }

    /** Checks every line that cites an offer, and returns the uses that they make. */
    static List<Outcome.Write<?>> used(Terms terms, View view, Context context) {
        List<Outcome.Write<?>> uses = new ArrayList<>();
        Set<Terms.Cited> seen = new HashSet<>();
        for (Terms.Line line : terms.lines()) {
            Terms.Cited cited = line.cited();
            if (cited != null) {
                requireFree(cited, seen.add(cited), terms, view);
                requireAsOffered(line, cited, terms, view, context);
                uses.add(new Outcome.Write<>(
                        Keys.offerUse(cited.offer(), cited.use()), new OfferUse(terms.consignmentId(), line.line())));
            }
        }
        return uses;
    }

    private static void requireFree(Terms.Cited cited, boolean first, Terms terms, View view) {
        OfferUse use = view.find(Keys.offerUse(cited.offer(), cited.use()));
        Refuse.unless(
                first && (use == null || use.consignmentId().equals(terms.consignmentId())),
                RefusalCode.SALE_OFFER_EXHAUSTED,
                () -> "use " + cited.use() + " of offer " + cited.offer() + " has been made; take another one");
    }

    private static void requireAsOffered(Terms.Line line, Terms.Cited cited, Terms terms, View view, Context context) {
        SaleOffer offer = Refuse.ifAbsent(
                view.find(Keys.offer(cited.offer())),
                RefusalCode.UNKNOWN_SALE_OFFER,
                () -> "line " + line.line() + " cites offer " + cited.offer() + ", which nobody published");
        Refuse.unless(
                !context.now().isBefore(offer.validFrom()) && Timer.isNotPast(offer.validUntil(), context.now()),
                RefusalCode.SALE_OFFER_EXPIRED,
                () -> "offer " + cited.offer() + " is valid from " + offer.validFrom() + " to " + offer.validUntil()
                        + "; it is " + context.now());
        Refuse.unless(
                cited.use() >= 1 && cited.use() <= offer.uses(),
                RefusalCode.SALE_OFFER_EXHAUSTED,
                () -> "offer " + cited.offer() + " has uses 1 to " + offer.uses() + "; the line names " + cited.use());
        Money price = new Money(line.price(), terms.orderTotal().currency());
        Refuse.unless(
                offer.merchant().equals(terms.merchant())
                        && offer.product().equals(line.product())
                        && offer.gtin().equals(line.gtin())
                        && price.equals(
                                new Money(offer.discounted(), offer.price().currency()))
                        && line.quantity() <= offer.perUse(),
                RefusalCode.SALE_OFFER_DIFFERS,
                () -> "line " + line.line() + " is " + line.quantity() + " of " + line.product() + " at "
                        + price.amount() + " " + price.currency()
                        + "; offered are up to " + offer.perUse() + " of " + offer.product() + " at "
                        + offer.discounted() + " " + offer.price().currency() + " by " + offer.merchant());
    }

    private static void requireSound(SaleOffer offer) {
        Gtin.require(offer.gtin());
        Bounds.require(offer.validFrom(), "validFrom");
        Bounds.require(offer.validUntil(), "validUntil");
        requireWithin(offer.discountBps(), 0, Limits.ALL_BPS, "discountBps");
        requireWithin(offer.uses(), 1, Limits.USES, "uses");
        requireWithin(offer.perUse(), 1, Limits.PIECES, "perUse");
    }

    private static void requireWithin(int value, int least, int most, String field) {
        if (value < least || value > most) {
            throw new InvalidValue(field, Integer.toString(value), least + " to " + most);
        }
    }
}
