package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.DepositSignature;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.VirtualContract;
import io.clearmarket.gateway.chain.VirtualSignatures;
import io.clearmarket.gateway.fabric.LedgerFailure;
import io.clearmarket.gateway.submission.SubmissionFailure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One order from its money to the refund of what is left, by somebody who repeats what got no answer: test money, a deposit, a third of it
 * released to the merchant, the rest given back.
 */
final class VirtualTrade {
    private static final int THIRD = 3;

    /** A deposit that was taken is asked about again, but not each time. */
    private static final int ASKED_AGAIN_AFTER = 6;

    private final Terms terms;
    private final Amount total;
    private final Amount released;
    private byte @Nullable [] signature;
    private int untilAskedAgain;

    VirtualTrade(Terms terms) {
        this.terms = terms;
        this.total = terms.total();
        this.released = new Amount(total.units().divide(BigInteger.valueOf(THIRD)));
    }

    Terms terms() {
        return terms;
    }

    ConsignmentId id() {
        return terms.consignmentId();
    }

    /** Does what can be done next. */
    void step(VirtualEngine engine, Consignment now) {
        try {
            if (now.money().deposited().isZero()) {
                pay(engine);
            } else if (now.money().gross().isZero()) {
                engine.submissions()
                        .submit(
                                VirtualMarket.BUYER,
                                new Command.Accept(
                                        new CommandId("accept-" + id()),
                                        id(),
                                        0,
                                        new Command.Part(released, List.of())));
            } else if (!now.money().held().isZero()) {
                engine.submissions()
                        .submit(
                                VirtualMarket.GATEWAY,
                                new Command.Refund(new CommandId("refund-" + id()), id(), 0, Command.Part.ALL));
            }
        } catch (ChainException | SubmissionFailure | LedgerFailure e) {
            // asked again soon
        }
    }

    /** What the process answered before it died counts for nothing. */
    void processDied() {
        untilAskedAgain = 0;
    }

    private void pay(VirtualEngine engine) {
        if (untilAskedAgain > 0) {
            untilAskedAgain--;
            return;
        }
        EscrowChain chain = engine.chain();
        int attempt = 1;
        Optional<ChainTransaction> minted = chain.find(purpose(attempt));
        while (minted.filter(VirtualTrade::isInVain).isPresent()) {
            attempt++;
            minted = chain.find(purpose(attempt));
        }
        if (minted.isEmpty()) {
            chain.mint(purpose(attempt), terms.escrow().payer(), total);
        } else if (minted.get().outcome() == ChainTransaction.Outcome.SUCCEEDED) {
            engine.deposits().accept(terms, new DepositSignature.Authorization(signature(chain)));
            untilAskedAgain = ASKED_AGAIN_AFTER;
        }
    }

    private byte[] signature(EscrowChain chain) {
        byte[] known = signature;
        if (known == null) {
            known = VirtualSignatures.signer(terms.escrow().payer())
                    .signDigest(chain.authorization(terms).digest());
            signature = known;
        }
        return known;
    }

    private static boolean isInVain(ChainTransaction transaction) {
        return transaction.outcome() == ChainTransaction.Outcome.REPLACED
                || transaction.outcome() == ChainTransaction.Outcome.REVERTED;
    }

    private String purpose(int attempt) {
        return "mint:" + id() + ":" + attempt;
    }

    boolean isDone(Consignment now) {
        return now.closed() && now.money().isSettled();
    }

    /** What is wrong once all is done. */
    List<String> violations(Consignment now, VirtualContract.State chain) {
        List<String> wrong = new ArrayList<>();
        Amount rest = total.minus(released);
        Consignment.Ledgered money = now.money();
        expect(wrong, "deposited", total, money.deposited());
        expect(wrong, "decided to the merchant", released, money.gross());
        expect(wrong, "decided to the buyer", rest, money.buyer());
        expect(wrong, "seen paid to the merchant", released, money.paidGross());
        expect(wrong, "seen paid to the buyer", rest, money.paidBuyer());
        VirtualContract.Escrow escrow = chain.escrows().get(now.escrowId());
        if (escrow == null) {
            wrong.add(id() + ": the chain has no deposit");
        } else {
            expect(wrong, "deposited on the chain", total, escrow.deposited());
            expect(wrong, "paid to the merchant on the chain", released, escrow.gross());
            expect(wrong, "paid to the buyer on the chain", rest, escrow.payer());
        }
        Amount left = chain.tokens().getOrDefault(terms.escrow().payer(), Amount.ZERO);
        expect(wrong, "made more than once and not deposited", Amount.ZERO, left);
        return wrong;
    }

    private void expect(List<String> wrong, String what, Amount expected, Amount found) {
        if (!found.equals(expected)) {
            wrong.add(id() + ": " + what + ": " + found + " instead of " + expected);
        }
    }
}
