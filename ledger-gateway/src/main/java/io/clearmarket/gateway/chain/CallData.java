package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;

/** Calldata of what this gateway sends, 0x-prefixed, from the records that both ledgers share. */
interface CallData {
    /** A deposit that the payer signed and this account sends. */
    String deposit(Terms terms, DepositSignature signature);

    /** @param signatures in ascending order of the signers' addresses */
    String settleBatch(
            MarketConfig market,
            List<Terms> terms,
            List<EscrowTypes.Entitlement> entitlements,
            List<byte[]> signatures);

    String reclaim(Terms terms);

    /** @param digest of what was signed, with the standby's signature in the required attester's place */
    String announceStandby(MarketConfig market, Digest digest, List<byte[]> signatures);

    /** Makes test money. */
    String mint(EthAddress token, EthAddress to, Amount amount);

    /** Asks a token for the next nonce of an owner's permits (EIP-2612). */
    String permitNonce(EthAddress owner);

    /** Asks a token for its EIP-712 domain (EIP-5267). */
    String eip712Domain();

    /** The domain that the answer to {@link #eip712Domain} tells. */
    Eip712.Domain domain(String answer);
}
