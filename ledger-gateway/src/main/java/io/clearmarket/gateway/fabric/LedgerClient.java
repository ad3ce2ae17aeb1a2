package io.clearmarket.gateway.fabric;

import io.clearmarket.wallet.identity.Identity;
import java.util.List;

/**
 * The steps of a transaction, each with the signature made elsewhere. Every failure is a {@link LedgerFailure}. Calls block
 * and are meant for virtual threads.
 */
public interface LedgerClient {
    /** Builds a proposal of our chaincode, timestamped now; asks nobody. */
    Prepared prepare(Identity creator, String function, List<String> arguments);

    /**
     * Has a signed proposal endorsed as the policy demands.
     *
     * @param proposal as prepared
     * @param signature the creator's over it, DER and low-S
     */
    Endorsed endorse(byte[] proposal, byte[] signature);

    /**
     * Hands an endorsed transaction to the ordering service, which says nothing yet about its commit. Sending the same
     * bytes again is harmless.
     *
     * @param payload as endorsed
     * @param signature the creator's over it, DER and low-S
     */
    void submit(byte[] payload, byte[] signature);

    /**
     * Asks an organisation's own peer, as this gateway's reader; nothing is written.
     *
     * @return what the chaincode answered
     */
    byte[] evaluate(String mspId, String function, List<String> arguments);

    /** Reads what a transaction's payload asks for, so that nobody has to take a caller's word for it. */
    TransactionContent read(byte[] payload);

    /** The same for a proposal. */
    TransactionContent readProposal(byte[] proposal);
}
