// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStatus, Refusal} from "./EscrowTypes.sol";

/// @notice All that moves in an escrow, in one storage slot. `bits`, from the lowest: deposited, refunded, voided,
/// reclaimed, then six bits of the payer's nonce and six of the merchant's.
struct EscrowState {
    uint120 merchantGross;
    uint120 payerAmount;
    uint16 bits;
}

/// @title EscrowStates
/// @notice Reads and advances an `EscrowState` in memory; whoever calls stores it.
library EscrowStates {
    uint16 internal constant DEPOSITED = 1;
    uint16 internal constant REFUNDED = 2;
    uint16 internal constant VOIDED = 4;
    uint16 internal constant RECLAIMED = 8;

    /// @notice The highest nonce: so many direct payouts by each party fit in one escrow's slot.
    uint8 internal constant LAST_NONCE = 63;

    uint16 private constant PAYER_NONCE_UNIT = 1 << 4;
    uint16 private constant MERCHANT_NONCE_UNIT = 1 << 10;

    /// @notice A party of `escrowId` used all its direct payouts.
    error NoncesUsedUp(bytes32 escrowId);

    function has(EscrowState memory self, uint16 flag) internal pure returns (bool) {
        return self.bits & flag != 0;
    }

    function payerNonce(EscrowState memory self) internal pure returns (uint8) {
        // forge-lint: disable-next-line(unsafe-typecast): masked to six bits
        return uint8((self.bits / PAYER_NONCE_UNIT) & LAST_NONCE);
    }

    function merchantNonce(EscrowState memory self) internal pure returns (uint8) {
        // forge-lint: disable-next-line(unsafe-typecast): the highest six of sixteen bits
        return uint8(self.bits / MERCHANT_NONCE_UNIT);
    }

    function usePayerNonce(EscrowState memory self, bytes32 escrowId) internal pure returns (uint8 nonce) {
        nonce = payerNonce(self);
        require(nonce < LAST_NONCE, NoncesUsedUp(escrowId));
        self.bits += PAYER_NONCE_UNIT;
    }

    function useMerchantNonce(EscrowState memory self, bytes32 escrowId) internal pure returns (uint8 nonce) {
        nonce = merchantNonce(self);
        require(nonce < LAST_NONCE, NoncesUsedUp(escrowId));
        self.bits += MERCHANT_NONCE_UNIT;
    }

    /// @notice Whether the cumulative amounts can be brought to these, and if not, why.
    function refusal(
        EscrowState memory self,
        uint256 total,
        uint256 merchantGross,
        uint256 payerAmount,
        uint256 validUntil
    ) internal view returns (Refusal) {
        if (!has(self, DEPOSITED)) return Refusal.NotDeposited;
        if (block.timestamp > validUntil) return Refusal.Expired;
        if (merchantGross < self.merchantGross || payerAmount < self.payerAmount) return Refusal.Decrease;
        if (merchantGross + payerAmount > total) return Refusal.OverTotal;
        if (merchantGross == self.merchantGross && payerAmount == self.payerAmount) return Refusal.NothingNew;
        return Refusal.None;
    }

    function toStatus(EscrowState memory self) internal pure returns (EscrowStatus memory) {
        return EscrowStatus({
            merchantGross: self.merchantGross,
            payerAmount: self.payerAmount,
            deposited: has(self, DEPOSITED),
            refunded: has(self, REFUNDED),
            voided: has(self, VOIDED),
            reclaimed: has(self, RECLAIMED),
            payerNonce: payerNonce(self),
            merchantNonce: merchantNonce(self)
        });
    }
}
