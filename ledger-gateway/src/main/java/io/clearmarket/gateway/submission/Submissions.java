package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings commands to the ledger exactly once. What the network or the form of a command stands in the way of is a
 * {@link SubmissionFailure}; what the chaincode says of it is an {@link Outcome}.
 */
public interface Submissions {
    /**
     * Submits a command, or a batch of them, and waits for what becomes of it. Conflicts with other transactions are retried. Repeating a
     * command of the same signer and id answers with the first commit; with other content it is refused.
     */
    Outcome submit(SigningIdentity signer, Request command);

    /** The bytes that the creator has to sign for a command. */
    ToSign prepare(Identity creator, Request command);

    /**
     * Has a proposal that its creator signed endorsed.
     *
     * @param caller who asks: the proposal must be of their own key
     * @param proposal as prepared
     * @param signature DER or raw r||s (IEEE P1363), high or low s
     * @throws CommandRefused if the chaincode refuses it
     */
    Endorsement endorse(PartyId caller, byte[] proposal, byte[] signature);

    /**
     * Submits an endorsed transaction that its creator signed, and waits.
     *
     * @param payload as endorsed
     * @param signature as above
     * @param wait how long, at most; zero does not wait
     */
    Outcome submitSigned(PartyId caller, byte[] payload, byte[] signature, Duration wait);

    /** What is known of a transaction that was submitted through this gateway. */
    Optional<Submission> find(String transactionId);

    /** What the ledger says that a party's command or batch did; empty while it has not taken effect. */
    Optional<DomainEvent> effect(PartyId signer, CommandId command);

    /** A submitted transaction, its signer and its outcome so far. */
    record Submission(PartyId signer, String function, Outcome outcome) {}
}
