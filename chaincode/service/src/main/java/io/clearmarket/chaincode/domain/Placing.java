package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Records.Mark;
import io.clearmarket.chaincode.api.Records.Order;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.identity.PartyId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A buyer places an order: a consignment for each merchant, on terms that both have signed. */
final class Placing {
    private Placing() {}

    static Outcome place(Command.PlaceOrder command, View view, Context context) {
        Party buyer = Permissions.asker(command, view, context);
        Refuse.unless(
                view.find(Keys.order(command.orderId())) == null,
                RefusalCode.ORDER_EXISTS,
                () -> "there is an order " + command.orderId() + " already");
        requireInSequence(command, buyer.id());
        MarketConfig market = Market.inForce(view);
        List<Outcome.Write<?>> writes = new ArrayList<>();
        List<ConsignmentId> ids = new ArrayList<>();
        for (SignedTerms signed : command.consignments()) {
            Terms terms = signed.terms();
            Party merchant = Parties.inRole(terms.merchant(), Role.MERCHANT, view, RefusalCode.UNKNOWN_PARTY);
            TermsCheck.require(terms, market, buyer, merchant, view, context.now());
            Digest hash = requireSigned(signed, buyer, merchant);
            ids.add(terms.consignmentId());
            writes.addAll(SaleOffers.used(terms, view, context));
            writes.add(new Outcome.Write<>(Keys.terms(terms.consignmentId()), signed));
            Consignment placed = placed(terms, hash, context);
            writes.add(new Outcome.Write<>(Keys.consignment(placed.id()), placed));
            writes.addAll(Marks.placed(placed, terms));
            writes.add(new Outcome.Write<>(Keys.partyOrder(merchant.id(), command.orderId()), new Mark()));
        }
        writes.add(new Outcome.Write<>(Keys.partyOrder(buyer.id(), command.orderId()), new Mark()));
        writes.add(new Outcome.Write<>(
                Keys.order(command.orderId()), new Order(command.orderId(), buyer.id(), ids, context.now())));
        return new Outcome.Moved("order.placed", command.orderId(), null, writes);
    }

    private static void requireInSequence(Command.PlaceOrder command, PartyId buyer) {
        List<SignedTerms> consignments = command.consignments();
        Refuse.unless(
                !consignments.isEmpty(),
                RefusalCode.NO_LINES,
                () -> "the order has no consignment and so no line; an order has at least one");
        if (consignments.size() > Limits.CONSIGNMENTS) {
            throw new InvalidValue(
                    "consignments", consignments.size() + " consignments", "1 to " + Limits.CONSIGNMENTS + " of them");
        }
        Set<PartyId> merchants = new HashSet<>();
        for (int i = 0; i < consignments.size(); i++) {
            Terms terms = consignments.get(i).terms();
            int number = i + 1;
            Refuse.unless(
                    terms.orderId().equals(command.orderId()) && terms.consignment() == number,
                    RefusalCode.TERMS_WRONG_ORDER,
                    () -> "terms number " + number + " are for consignment " + terms.consignment() + " of order "
                            + terms.orderId() + ", not for " + number + " of " + command.orderId());
            Refuse.unless(
                    terms.buyer().equals(buyer),
                    RefusalCode.WRONG_PARTY,
                    () -> "the terms name the buyer " + terms.buyer() + "; placing the order is that party's own, not "
                            + buyer + "'s");
            Refuse.unless(
                    merchants.add(terms.merchant()),
                    RefusalCode.TERMS_SAME_MERCHANT_TWICE,
                    () -> "merchant " + terms.merchant() + " has two consignments; an order has one for each merchant");
        }
    }

    /** The hash of the terms, which both have signed. */
    static Digest requireSigned(SignedTerms signed, Party buyer, Party merchant) {
        byte[] bytes = signed.terms().canonicalBytes();
        requireSigned(buyer, bytes, signed.buyerSignature(), "buyer");
        requireSigned(merchant, bytes, signed.merchantSignature(), "merchant");
        return Digest.sha256(bytes);
    }

    private static void requireSigned(Party party, byte[] bytes, String signature, String name) {
        Refuse.unless(
                Parties.hasSigned(party, bytes, signature),
                RefusalCode.BAD_PARTY_SIGNATURE,
                () -> "the " + name + "'s signature is not that of party " + party.id()
                        + " over the terms, whose SHA-256 is " + Digest.sha256(bytes));
    }

    private static Consignment placed(Terms terms, Digest hash, Context context) {
        return new Consignment(
                terms.consignmentId(),
                terms.orderId(),
                terms.buyer(),
                terms.merchant(),
                terms.asset(),
                hash,
                EscrowTypes.escrowId(terms),
                1,
                Consignment.Goods.PLACED,
                Consignment.Ledgered.NOTHING,
                Timer.PAY_BY.startedAt(context.now(), terms),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
