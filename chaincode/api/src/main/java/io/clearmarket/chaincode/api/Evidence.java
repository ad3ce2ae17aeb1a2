package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.eth.EthAddress;
import java.time.Instant;
import java.util.List;

/**
 * An EVM fact as a quorum of attesters saw it.
 *
 * @param signatures 65 bytes r||s||v as 0x-prefixed hexadecimal, over the EIP-712 digest of the fact
 */
public record Evidence(
        Seen seen,

        @Form(Evidence.SIGNATURE) @Count(least = 1, most = Limits.SIGNATURES)
        List<String> signatures) {
    /** An EVM signature. */
    public static final String SIGNATURE = "0x[0-9a-fA-F]{130}";

    /** What kind of log was seen. */
    public enum Kind {
        DEPOSIT,
        PAID,
        RECLAIM
    }

    /**
     * One log of the escrow contract in a finalized block. Amounts are cumulative after this log.
     *
     * @param deposited the escrow's deposit
     * @param gross what the contract has paid to the merchant's side in all (merchant, fee and referral), pending claims included
     * @param payer what it has paid back to the payer in all
     * @param transaction hash of the EVM transaction
     * @param blockTime timestamp of the block, whole seconds
     */
    public record Seen(
            @Within(least = 1) long chainId,
            EthAddress contract,
            Digest escrowId,
            Kind kind,
            Amount deposited,
            Amount gross,
            Amount payer,
            Digest transaction,
            @Within(least = 0) long logIndex,
            @Within(least = 0) long blockNumber,
            Digest blockHash,
            Instant blockTime) {}

    public Evidence {
        signatures = List.copyOf(signatures);
    }
}
