package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.EscrowStatus;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What must hold of one consignment, on the ledger and between the ledger and the contract. */
final class ConsignmentRules {
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

    private final Differences differences;

    ConsignmentRules(Differences differences) {
        this.differences = differences;
    }

    /** The record by itself and against its terms. */
    void check(String id, Consignment consignment, Terms terms) {
        Consignment.Ledgered money = consignment.money();
        BigInteger gross = money.gross().units();
        differences.requireEqual(
                id, "deposited = held + gross + buyer", money.deposited().units(), accounted(money));
        differences.requireEqual(id, "gross = merchant + fee + referrer", gross, shares(money));
        differences.requireEqual(
                id, "fee", share(gross, terms.feeBps()), money.fee().units());
        differences.requireEqual(
                id,
                "referrer",
                share(gross, terms.referralBps()),
                money.referrer().units());
        checkDecisions(id, money);
        if (!money.deposited().isZero()) {
            differences.requireEqual(id, "deposited is the terms' total", terms.total(), money.deposited());
        }
        differences.requireEqual(id, "termsHash", terms.hash(), consignment.termsHash());
        differences.requireEqual(id, "escrowId", EscrowTypes.escrowId(terms), consignment.escrowId());
        differences.requireEqual(id, "asset", terms.asset(), consignment.asset());
    }

    /** The record against the contract; no status means that the contract was not asked about this escrow. */
    void checkChain(String id, Consignment.Ledgered money, @Nullable EscrowStatus chain) {
        if (chain == null) {
            differences.add(id, "escrow on the chain", "a status", "none");
            return;
        }
        differences.requireEqual(
                id, "deposited on the chain", !money.deposited().isZero(), chain.deposited());
        differences.requireEqual(id, "paid gross on the chain", money.paidGross(), chain.gross());
        differences.requireEqual(id, "paid to the payer on the chain", money.paidBuyer(), chain.payer());
        differences.requireAtMost(
                id,
                "paid gross of what was decided",
                money.gross().units(),
                chain.gross().units());
        differences.requireAtMost(
                id,
                "paid to the payer of what was decided",
                money.buyer().units(),
                chain.payer().units());
    }

    private void checkDecisions(String id, Consignment.Ledgered money) {
        Amount gross = Amount.ZERO;
        Amount buyer = Amount.ZERO;
        int number = 0;
        for (Consignment.Decision decision : money.decisions()) {
            number++;
            differences.requireEqual(id, "decision's number", number, decision.number());
            differences.requireAtLeast(
                    id,
                    "gross of decision " + number,
                    gross.units(),
                    decision.gross().units());
            differences.requireAtLeast(
                    id,
                    "buyer of decision " + number,
                    buyer.units(),
                    decision.buyer().units());
            gross = decision.gross();
            buyer = decision.buyer();
        }
        differences.requireEqual(id, "newest decision's gross", money.gross(), gross);
        differences.requireEqual(id, "newest decision's buyer", money.buyer(), buyer);
    }

    /** What is held and what was decided. */
    static BigInteger accounted(Consignment.Ledgered money) {
        return money.held().units().add(money.gross().units()).add(money.buyer().units());
    }

    /** What the merchant's side gets, by who gets it. */
    static BigInteger shares(Consignment.Ledgered money) {
        return money.merchant()
                .units()
                .add(money.fee().units())
                .add(money.referrer().units());
    }

    // not Amount.basisPoints: the rule is checked by code that did not make it
    static BigInteger share(BigInteger gross, int basisPoints) {
        return gross.multiply(BigInteger.valueOf(basisPoints)).divide(TEN_THOUSAND);
    }
}
