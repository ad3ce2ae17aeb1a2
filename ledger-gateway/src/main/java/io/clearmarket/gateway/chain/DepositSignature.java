package io.clearmarket.gateway.chain;

/**
 * How a payer signed a deposit that somebody else sends. Each opens one escrow and no other, because all of what is signed follows from
 * the terms. Signatures are r||s||v in 65 bytes, or whatever a contract wallet wants (ERC-1271); the contract is the judge of them.
 */
@SuppressWarnings("ArrayRecordComponent") // carriers of bytes, never compared
public sealed interface DepositSignature {
    /** The token's EIP-3009 {@code ReceiveWithAuthorization}. */
    record Authorization(byte[] signature) implements DepositSignature {}

    /**
     * The payer's consent to the terms, and an EIP-2612 permit.
     *
     * @param permit empty where the payer approved the contract before
     */
    record Permit(byte[] consent, byte[] permit) implements DepositSignature {}

    /** Permit2's {@code PermitWitnessTransferFrom}, the terms being the witness. */
    record Permit2(byte[] signature) implements DepositSignature {}
}
