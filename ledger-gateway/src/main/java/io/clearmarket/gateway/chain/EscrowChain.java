package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eip712.Value;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The settlement chain as this gateway uses it. What changes it is signed and persisted first, under a purpose that names
 * its business reason, in the caller's database transaction if there is one; {@link #tick} sends it, and sends it again
 * after a doubt. Failures are {@link ChainException}s.
 */
public interface EscrowChain extends EscrowReader {
    /** The account that pays for the gas, or the first of several. */
    EthAddress sender();

    /**
     * A deposit that the payer signed; this account pays the gas.
     *
     * @throws ChainException.Reverted if the contract would refuse it now; nothing is persisted then
     */
    Digest deposit(String purpose, Terms terms, DepositSignature signature);

    /**
     * A batch of entitlements, all of escrows whose terms name the market's attester set.
     *
     * @param terms of each entitlement's escrow, in the same order
     * @param signatures r||s||v each, in ascending order of the signers' addresses
     * @throws ChainException.Reverted as above
     */
    Digest settle(
            String purpose,
            MarketConfig market,
            List<Terms> terms,
            List<EscrowTypes.Entitlement> entitlements,
            List<byte[]> signatures);

    /**
     * Announces that a batch is signed by the standby in the required attester's place: {@link #settle} takes those signatures once the market's
     * delay is over, unless the required attester objects.
     *
     * @param digest of the batch, as it was signed
     * @param signatures as for {@link #settle}
     */
    Digest announceStandby(String purpose, MarketConfig market, Digest digest, List<byte[]> signatures);

    /** Gives what nobody decided back to the payer, after the stop date. */
    Digest reclaim(String purpose, Terms terms);

    /** Makes test money; only on a development chain. */
    Digest mint(String purpose, EthAddress to, Amount amount);

    /** What the payer signs so that anyone can deposit for them. */
    Authorization authorization(Terms terms);

    /** The nonce of the payer's next EIP-2612 permit of the terms' token; {@link ChainException.Reverted} if it takes none. */
    BigInteger permitNonce(Terms terms);

    /** What became of a purpose, if it was ever signed. */
    Optional<ChainTransaction> find(String purpose);

    /** Sends what is signed, sends again what is in doubt, and looks up what has become final. */
    void tick();

    /** How many transactions are signed and not final. */
    long open();

    /**
     * An EIP-3009 {@code ReceiveWithAuthorization}; all of it follows from the terms.
     *
     * @param token the token's EIP-712 domain, as the token itself says
     * @param nonce the escrow's id, so that the signature opens no other escrow
     * @param validBefore Unix time
     */
    record Authorization(
            Eip712.Domain token, EthAddress from, EthAddress to, Amount value, long validBefore, Digest nonce) {
        private static final String TYPE = "ReceiveWithAuthorization(address from,address to,uint256 value,"
                + "uint256 validAfter,uint256 validBefore,bytes32 nonce)";

        /** The EIP-712 digest. */
        public byte[] digest() {
            return Eip712.digest(
                    token,
                    Eip712.hashStruct(
                            TYPE,
                            Value.address(from),
                            Value.address(to),
                            Value.uint(value.units()),
                            Value.uint(0),
                            Value.uint(validBefore),
                            Value.bytes32(nonce.bytes())));
        }
    }
}
