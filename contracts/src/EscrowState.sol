// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStatus, Refusal} from "./EscrowTypes.sol";

/// @notice All that moves in an escrow, in one storage slot. From the lowest bit: the merchant's side's cumulative gross
/// (120 bits), the payer's cumulative amount (120), the flags deposited, refunded, voided, reclaimed, then six bits of
/// the payer's nonce and six of the merchant's.
type EscrowState is uint256;

using EscrowStates for EscrowState global;

/// @title EscrowStates
/// @notice Reads an `EscrowState` and makes its successors; whoever calls stores them.
library EscrowStates {
    EscrowState internal constant NONE = EscrowState.wrap(0);

    uint256 internal constant DEPOSITED = 1 << 240;
    uint256 internal constant REFUNDED = 1 << 241;
    uint256 internal constant VOIDED = 1 << 242;
    uint256 internal constant RECLAIMED = 1 << 243;

    /// @notice The highest nonce: so many direct payouts by each party fit in one escrow's slot.
    uint8 internal constant LAST_NONCE = 63;

    uint256 private constant AMOUNT_BITS = 120;
    uint256 private constant AMOUNT_MASK = type(uint120).max;
    uint256 private constant PAYER_NONCE_SHIFT = 244;
    uint256 private constant MERCHANT_NONCE_SHIFT = 250;

    /// @notice A party of `escrowId` used all its direct payouts.
    error NoncesUsedUp(bytes32 escrowId);

    /// @notice All that the merchant's side got, fee and referral included.
    function merchantGross(EscrowState self) internal pure returns (uint256) {
        return EscrowState.unwrap(self) & AMOUNT_MASK;
    }

    /// @notice All that the payer got back.
    function payerAmount(EscrowState self) internal pure returns (uint256) {
        return (EscrowState.unwrap(self) >> AMOUNT_BITS) & AMOUNT_MASK;
    }

    function has(EscrowState self, uint256 flag) internal pure returns (bool) {
        return EscrowState.unwrap(self) & flag != 0;
    }

    function payerNonce(EscrowState self) internal pure returns (uint256) {
        return (EscrowState.unwrap(self) >> PAYER_NONCE_SHIFT) & LAST_NONCE;
    }

    function merchantNonce(EscrowState self) internal pure returns (uint256) {
        return EscrowState.unwrap(self) >> MERCHANT_NONCE_SHIFT;
    }

    function with(EscrowState self, uint256 flag) internal pure returns (EscrowState) {
        return EscrowState.wrap(EscrowState.unwrap(self) | flag);
    }

    /// @notice The same with other cumulative amounts; each fits in 120 bits because neither is over the total.
    function withAmounts(EscrowState self, uint256 gross, uint256 back) internal pure returns (EscrowState) {
        return EscrowState.wrap(EscrowState.unwrap(self) >> 240 << 240 | back << AMOUNT_BITS | gross);
    }

    function usePayerNonce(EscrowState self, bytes32 escrowId) internal pure returns (EscrowState) {
        require(payerNonce(self) < LAST_NONCE, NoncesUsedUp(escrowId));
        return EscrowState.wrap(EscrowState.unwrap(self) + (1 << PAYER_NONCE_SHIFT));
    }

    function useMerchantNonce(EscrowState self, bytes32 escrowId) internal pure returns (EscrowState) {
        require(merchantNonce(self) < LAST_NONCE, NoncesUsedUp(escrowId));
        return EscrowState.wrap(EscrowState.unwrap(self) + (1 << MERCHANT_NONCE_SHIFT));
    }

    /// @notice Whether the cumulative amounts, of at most 120 bits, can be brought to these, and if not, why.
    function refusal(EscrowState self, uint256 total, uint256 gross, uint256 back, uint256 validUntil)
        internal
        view
        returns (Refusal)
    {
        if (!has(self, DEPOSITED)) return Refusal.NotDeposited;
        if (block.timestamp > validUntil) return Refusal.Expired;
        uint256 oldGross = merchantGross(self);
        uint256 oldBack = payerAmount(self);
        if (gross < oldGross || back < oldBack) return Refusal.Decrease;
        unchecked {
            if (gross + back > total) return Refusal.OverTotal; // 121 bits at most
        }
        if (gross == oldGross && back == oldBack) return Refusal.NothingNew;
        return Refusal.None;
    }

    function toStatus(EscrowState self) internal pure returns (EscrowStatus memory) {
        return EscrowStatus({
            // forge-lint: disable-start(unsafe-typecast)
            merchantGross: uint120(merchantGross(self)), // masked to 120 bits
            payerAmount: uint120(payerAmount(self)),
            deposited: has(self, DEPOSITED),
            refunded: has(self, REFUNDED),
            voided: has(self, VOIDED),
            reclaimed: has(self, RECLAIMED),
            payerNonce: uint8(payerNonce(self)), // six bits
            merchantNonce: uint8(merchantNonce(self))
            // forge-lint: disable-end(unsafe-typecast)
        });
    }
}
