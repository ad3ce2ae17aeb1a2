package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.eth.EthAddress;

/** What the escrow contract logged; "gross" and "payer" are cumulative amounts, a share is what one transaction paid. */
public sealed interface ChainLog {
    LogRef ref();

    /** A log about one escrow. */
    sealed interface OfEscrow extends ChainLog {
        Digest escrowId();
    }

    /** The exact total arrived. */
    record Deposited(LogRef ref, Digest escrowId, Digest termsHash, EthAddress payer, EthAddress asset, Amount total)
            implements OfEscrow {}

    /** A quorum's entitlement was executed. */
    record Settled(LogRef ref, Digest escrowId, Digest decision, Amount gross, Amount payer, Shares shares)
            implements OfEscrow {}

    /** An entitlement of a batch could not be executed. */
    record Skipped(LogRef ref, Digest escrowId, Digest decision, Reason reason) implements OfEscrow {}

    /** All went back to the payer by one entitlement; a Settled log says the same with amounts. */
    record Voided(LogRef ref, Digest escrowId, Amount amount) implements OfEscrow {}

    /** The payer's own signature paid the merchant's side. */
    record PaidDirect(LogRef ref, Digest escrowId, Amount gross, Shares shares) implements OfEscrow {}

    /** The merchant's own signature paid the payer. */
    record RefundedDirect(LogRef ref, Digest escrowId, Amount payer, Amount payerShare) implements OfEscrow {}

    /** Both signatures divided the escrow. */
    record SplitDirect(LogRef ref, Digest escrowId, Amount gross, Amount payer, Shares shares) implements OfEscrow {}

    /** After the stop date the undecided rest went back to the payer. */
    record Reclaimed(LogRef ref, Digest escrowId, Amount payer, Amount payerShare) implements OfEscrow {}

    /** A share could not be delivered and waits for its receiver. */
    record Claimable(LogRef ref, Digest escrowId, EthAddress asset, EthAddress receiver, Amount amount)
            implements OfEscrow {}

    /** What waited was delivered. */
    record Claimed(LogRef ref, EthAddress asset, EthAddress receiver, Amount amount) implements ChainLog {}

    /** A log that moves no money: announcements of a standby attester and objections to them. */
    record Other(LogRef ref, Digest topic) implements ChainLog {}

    /** One payout, divided. */
    record Shares(Amount merchant, Amount fee, Amount referral, Amount payer) {}

    /** Why an entitlement was skipped. */
    enum Reason {
        NOT_DEPOSITED,
        EXPIRED,
        DECREASE,
        OVER_TOTAL
    }
}
