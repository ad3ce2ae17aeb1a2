package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.chain.DepositSignature;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Service;

/** Sends deposits that payers signed off the chain, and pays the gas. */
@Service
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class Deposits {
    static final int MOST_ATTEMPTS = 5;
    private final EscrowChain chain;
    private final Steps steps;
    private final BiFunction<byte[], byte[], EthAddress> recovery;

    @Autowired
    Deposits(EscrowChain chain, Steps steps) {
        this(chain, steps, Secp256k1Key::recover);
    }

    /** @param recovery tells whose signature of a digest this is, as {@link Secp256k1Key#recover} does */
    Deposits(EscrowChain chain, Steps steps, BiFunction<byte[], byte[], EthAddress> recovery) {
        this.chain = chain;
        this.steps = steps;
        this.recovery = recovery;
    }

    /**
     * A deposit under way.
     *
     * @param transaction on the settlement chain
     * @param outcome as of the newest finalized block
     */
    record Deposit(ConsignmentId consignmentId, Digest escrowId, Digest transaction, Outcome outcome) {}

    /** The payer did not sign this authorization. */
    static final class NotAuthorized extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAuthorized(String message) {
            super(message);
        }
    }

    /** So many came to nothing on the settlement chain that this gateway pays for no more. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spent(ConsignmentId id) {
            super(MOST_ATTEMPTS + " deposits for " + id
                    + " came to nothing on the settlement chain, and this gateway pays for no more");
        }
    }

    /** What the payer has to sign. */
    EscrowChain.Authorization authorization(Terms terms) {
        return chain.authorization(terms);
    }

    /**
     * Takes a signed deposit, durably; repeating it is harmless, and answers what was taken before. One that failed may be tried again.
     *
     * @throws NotAuthorized if it is not the payer's signature
     * @throws Spent if it was tried too often: who takes the money away after each signature would spend the gateway's gas
     * @throws io.clearmarket.gateway.chain.ChainException.Reverted if the contract would refuse it: no balance, too late
     */
    Deposit accept(Terms terms, DepositSignature signature) {
        ConsignmentId id = terms.consignmentId();
        Optional<Deposit> known = find(terms);
        if (known.isPresent()
                && known.get().outcome() != Outcome.REPLACED
                && known.get().outcome() != Outcome.REVERTED) {
            return known.get();
        }
        if (signature instanceof DepositSignature.Authorization authorization) {
            requirePayer(terms, authorization.signature());
        }
        int attempt = nextAttempt(terms);
        if (attempt > MOST_ATTEMPTS) {
            throw new Spent(id);
        }
        Digest transaction = chain.deposit(purpose(terms, attempt), terms, signature);
        steps.reached(SettlementStep.DEPOSIT_PERSISTED);
        return new Deposit(id, EscrowTypes.escrowId(terms), transaction, Outcome.OPEN);
    }

    /** What the payer has to sign for EIP-2612; {@code ChainException.Reverted} if the token takes no permits. */
    PermitMessages permit(Terms terms) {
        return new PermitMessages(
                DepositTypedData.permit(chain.authorization(terms), chain.permitNonce(terms)),
                DepositTypedData.consent(terms));
    }

    /** Two messages: the allowance, and what it may be used for. */
    record PermitMessages(DepositTypedData permit, DepositTypedData consent) {}

    /** The newest deposit that this gateway sent for the consignment. */
    Optional<Deposit> find(Terms terms) {
        ConsignmentId id = terms.consignmentId();
        int next = nextAttempt(terms);
        return next == 1
                ? Optional.empty()
                : chain.find(purpose(terms, next - 1))
                        .map(found -> new Deposit(id, EscrowTypes.escrowId(terms), found.hash(), found.outcome()));
    }

    /** Says early and clearly what the contract would say of an account's signature; a contract wallet's it judges alone. */
    private void requirePayer(Terms terms, byte[] signature) {
        if (signature.length != Secp256k1Key.SIGNATURE_BYTES) {
            return;
        }
        byte[] digest = chain.authorization(terms).digest();
        try {
            if (recovery.apply(digest, signature).equals(terms.escrow().payer())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new NotAuthorized("the signature is malformed: " + e.getMessage());
        }
        throw new NotAuthorized(
                "the signature is not by the payer " + terms.escrow().payer() + " over this deposit's authorization");
    }

    private int nextAttempt(Terms terms) {
        int attempt = 1;
        while (chain.find(purpose(terms, attempt)).isPresent()) {
            attempt++;
        }
        return attempt;
    }

    /** Names the escrow as well: amended terms have another. */
    private static String purpose(Terms terms, int attempt) {
        return "deposit:" + terms.consignmentId() + ":" + EscrowTypes.escrowId(terms) + ":" + attempt;
    }
}
