package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment.Decision;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The only place where a consignment's money moves. Every result keeps deposited = held + gross + buyer and gross =
 * merchant + fee + referrer; fee and referrer are the terms' basis points of the cumulative gross, rounded down, so that
 * they don't depend on how the gross was split over decisions.
 *
 * @param feeBps the market's fee in basis points of the gross
 * @param referralBps the referrer's share, likewise
 */
record EscrowMoney(int feeBps, int referralBps) {

    static EscrowMoney of(Terms terms) {
        return new EscrowMoney(terms.feeBps(), terms.referralBps());
    }

    /** The deposit arrived: all of it is held. */
    Ledgered deposit(Amount total) {
        return conserved(with(Ledgered.NOTHING, total, Amount.ZERO, Amount.ZERO, List.of()));
    }

    /** Decides what is held: so much to the merchant's side, so much to the buyer. */
    Ledgered decide(Ledgered before, String reason, Amount toMerchant, Amount toBuyer, Instant now) {
        Refuse.unless(
                !toMerchant.plus(toBuyer).isMoreThan(before.held()),
                RefusalCode.AMOUNT_TOO_LARGE,
                () -> "to decide are " + toMerchant.plus(toBuyer) + ", but only " + before.held() + " is held");
        return decided(
                before, reason, before.gross().plus(toMerchant), before.buyer().plus(toBuyer), now);
    }

    /**
     * The settlement chain has paid, in all, so much to the merchant's side and so much to the payer. Where a direct payout
     * overtook the ledger, what it paid becomes decided, first out of what is held, then out of the other side's pending
     * share.
     *
     * @param paidGross at least what was seen before
     * @param paidBuyer likewise
     */
    Ledgered paid(Ledgered before, String reason, Amount paidGross, Amount paidBuyer, Instant now) {
        Amount gross = max(before.gross(), paidGross);
        Amount buyer = max(before.buyer(), paidBuyer);
        if (gross.plus(buyer).isMoreThan(before.deposited())) {
            if (paidGross.isMoreThan(before.gross())) {
                buyer = before.deposited().minus(gross);
            } else {
                gross = before.deposited().minus(buyer);
            }
        }
        boolean overtaken = !gross.equals(before.gross()) || !buyer.equals(before.buyer());
        Ledgered decided = overtaken ? decided(before, reason, gross, buyer, now) : before;
        return conserved(withPaid(decided, paidGross, paidBuyer));
    }

    /** After a reclaim the merchant's side has what the chain paid it, and the payer has all the rest. */
    Ledgered reclaimed(Ledgered before, String reason, Amount paidGross, Instant now) {
        Amount buyer = before.deposited().minus(paidGross);
        return conserved(withPaid(decided(before, reason, paidGross, buyer, now), paidGross, buyer));
    }

    private Ledgered decided(Ledgered before, String reason, Amount gross, Amount buyer, Instant now) {
        List<Decision> decisions = new ArrayList<>(before.decisions());
        decisions.add(new Decision(decisions.size() + 1, reason, gross, buyer, now));
        return conserved(with(before, before.deposited(), gross, buyer, decisions));
    }

    private Ledgered with(Ledgered before, Amount deposited, Amount gross, Amount buyer, List<Decision> decisions) {
        Amount fee = gross.basisPoints(feeBps);
        Amount referrer = gross.basisPoints(referralBps);
        return new Ledgered(
                deposited,
                deposited.minus(gross).minus(buyer),
                gross,
                gross.minus(fee).minus(referrer),
                fee,
                referrer,
                buyer,
                before.paidGross(),
                before.paidBuyer(),
                decisions);
    }

    private static Ledgered withPaid(Ledgered money, Amount paidGross, Amount paidBuyer) {
        return new Ledgered(
                money.deposited(),
                money.held(),
                money.gross(),
                money.merchant(),
                money.fee(),
                money.referrer(),
                money.buyer(),
                paidGross,
                paidBuyer,
                money.decisions());
    }

    /** A fault of ours if it fails, never a client's: the transaction must not be endorsed. */
    private static Ledgered conserved(Ledgered money) {
        boolean whole =
                money.deposited().equals(money.held().plus(money.gross()).plus(money.buyer()));
        boolean shared = money.gross().equals(money.merchant().plus(money.fee()).plus(money.referrer()));
        boolean covered = !money.paidGross().isMoreThan(money.gross())
                && !money.paidBuyer().isMoreThan(money.buyer());
        if (!whole || !shared || !covered) {
            throw new IllegalStateException("money is not conserved: " + money);
        }
        return money;
    }

    static Amount max(Amount a, Amount b) {
        return a.isMoreThan(b) ? a : b;
    }
}
