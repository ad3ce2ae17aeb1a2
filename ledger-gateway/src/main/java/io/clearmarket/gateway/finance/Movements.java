package io.clearmarket.gateway.finance;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Conversion;
import io.clearmarket.chaincode.api.Tender;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.finance.Statement.Evm;
import io.clearmarket.gateway.finance.Statement.InTender;
import io.clearmarket.gateway.finance.Statement.Kind;
import io.clearmarket.gateway.finance.Statement.Movement;
import io.clearmarket.gateway.readmodel.MoneyHistory.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one change of a consignment's money is in a merchant's books: up to one movement of each kind. */
final class Movements {
    private final Change change;
    private final Terms terms;
    private final Ledgered before;
    private final Ledgered after;
    private final List<Movement> movements = new ArrayList<>();

    private Movements(Change change, Terms terms) {
        this.change = change;
        this.terms = terms;
        Ledgered known = change.before();
        this.before = known == null ? Ledgered.NOTHING : known;
        this.after = change.after();
    }

    static List<Movement> of(Change change, Terms terms) {
        Movements made = new Movements(change, terms);
        made.deposit();
        made.decision();
        made.payout();
        return made.movements;
    }

    /** The merchant's own part of what the contract paid to the merchant's side: the contract divides as the terms say. */
    static Amount paidToMerchant(Terms terms, Amount gross) {
        return gross.minus(gross.basisPoints(terms.feeBps())).minus(gross.basisPoints(terms.referralBps()));
    }

    private void deposit() {
        Delta deposited = Delta.between(before.deposited(), after.deposited());
        if (!deposited.isZero()) {
            add(
                    Kind.DEPOSIT,
                    deposited,
                    Delta.ZERO,
                    Delta.ZERO,
                    Delta.ZERO,
                    Delta.ZERO,
                    Delta.ZERO,
                    Ordered.NOTHING,
                    handedOver());
        }
    }

    private void decision() {
        Delta gross = Delta.between(before.gross(), after.gross());
        Delta buyer = Delta.between(before.buyer(), after.buyer());
        if (!gross.isZero() || !buyer.isZero()) {
            add(
                    Kind.DECISION,
                    Delta.ZERO,
                    gross,
                    Delta.between(before.fee(), after.fee()),
                    Delta.between(before.referrer(), after.referrer()),
                    Delta.between(before.merchant(), after.merchant()),
                    buyer,
                    ordered(before.gross(), before.buyer(), after.gross(), after.buyer()),
                    tendered(before.gross(), before.buyer(), after.gross(), after.buyer()));
        }
    }

    private void payout() {
        Delta gross = Delta.between(before.paidGross(), after.paidGross());
        Delta buyer = Delta.between(before.paidBuyer(), after.paidBuyer());
        if (!gross.isZero() || !buyer.isZero()) {
            add(
                    Kind.PAYOUT,
                    Delta.ZERO,
                    gross,
                    Delta.between(
                            before.paidGross().basisPoints(terms.feeBps()),
                            after.paidGross().basisPoints(terms.feeBps())),
                    Delta.between(
                            before.paidGross().basisPoints(terms.referralBps()),
                            after.paidGross().basisPoints(terms.referralBps())),
                    Delta.between(paidToMerchant(terms, before.paidGross()), paidToMerchant(terms, after.paidGross())),
                    buyer,
                    ordered(before.paidGross(), before.paidBuyer(), after.paidGross(), after.paidBuyer()),
                    tendered(before.paidGross(), before.paidBuyer(), after.paidGross(), after.paidBuyer()));
        }
    }

    /** Two parts in the order's currency. */
    private record Ordered(Delta gross, Delta buyer) {
        static final Ordered NOTHING = new Ordered(Delta.ZERO, Delta.ZERO);
    }

    /** The buyer's part is valued first, on top of what went before, then the merchant's: so all parts together are the order's total. */
    private Ordered ordered(Amount grossBefore, Amount buyerBefore, Amount grossAfter, Amount buyerAfter) {
        Amount start = Conversion.inOrderCurrency(terms, grossBefore.plus(buyerBefore));
        Amount between = Conversion.inOrderCurrency(terms, grossBefore.plus(buyerAfter));
        Amount end = Conversion.inOrderCurrency(terms, grossAfter.plus(buyerAfter));
        return new Ordered(Delta.between(between, end), Delta.between(start, between));
    }

    /** A deposit is of the whole total, so of the whole tender. */
    private @Nullable InTender handedOver() {
        Tender tender = terms.quote().tender();
        return tender == null
                ? null
                : new InTender(tender.unit(), rate(tender), Delta.of(tender.amount()), Delta.ZERO, Delta.ZERO);
    }

    private @Nullable InTender tendered(Amount grossBefore, Amount buyerBefore, Amount grossAfter, Amount buyerAfter) {
        Tender tender = terms.quote().tender();
        if (tender == null) {
            return null;
        }
        Conversion.Tendered start = Conversion.inTender(tender, terms.total(), grossBefore, buyerBefore);
        Conversion.Tendered end = Conversion.inTender(tender, terms.total(), grossAfter, buyerAfter);
        return new InTender(
                tender.unit(),
                rate(tender),
                Delta.ZERO,
                Delta.between(start.gross(), end.gross()),
                Delta.between(start.buyer(), end.buyer()));
    }

    private static String rate(Tender tender) {
        return tender.numerator() + "/" + tender.denominator();
    }

    private void add(
            Kind kind,
            Delta deposited,
            Delta gross,
            Delta fee,
            Delta referral,
            Delta merchant,
            Delta buyer,
            Ordered ordered,
            @Nullable InTender tendered) {
        movements.add(new Movement(
                change.at(),
                change.place().block(),
                change.place().index(),
                change.transactionId(),
                kind,
                change.command(),
                terms.orderId(),
                change.id(),
                deposited,
                gross,
                fee,
                referral,
                merchant,
                buyer,
                terms.quote().numerator() + "/" + terms.quote().denominator(),
                terms.orderTotal().currency(),
                ordered.gross(),
                ordered.buyer(),
                tendered,
                kind == Kind.DECISION ? null : evm(change)));
    }

    private static @Nullable Evm evm(Change change) {
        var log = change.evidence();
        return log == null ? null : new Evm(log.transaction(), log.logIndex(), null, null);
    }
}
