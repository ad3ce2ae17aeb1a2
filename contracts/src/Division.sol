// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowTerms, Shares} from "./EscrowTypes.sol";

/// @title Division
/// @notice Divides what moves between two cumulative states into its receivers' shares.
library Division {
    uint256 internal constant BASIS = 10_000;

    /// @notice Shares of the step from (`oldGross`, `oldPayer`) to (`newGross`, `newPayer`), which must not decrease.
    /// @dev Fee and referral are differences of the floors of the cumulative gross, so any sequence of steps adds up to
    /// what one step would pay. One exception: in a step of one minor unit both floors can rise, more than the step
    /// has; then the fee comes first and the referral gets what is left, because the merchant can't give a unit back.
    function step(EscrowTerms calldata terms, uint256 oldGross, uint256 oldPayer, uint256 newGross, uint256 newPayer)
        internal
        pure
        returns (Shares memory shares)
    {
        uint256 gross = newGross - oldGross;
        shares.payer = newPayer - oldPayer;
        shares.fee = portion(newGross, terms.feeBps) - portion(oldGross, terms.feeBps);
        uint256 referral = portion(newGross, terms.referralBps) - portion(oldGross, terms.referralBps);
        uint256 afterFee = gross - shares.fee;
        shares.referral = referral < afterFee ? referral : afterFee;
        shares.merchant = afterFee - shares.referral;
    }

    function portion(uint256 gross, uint256 basisPoints) internal pure returns (uint256) {
        return gross * basisPoints / BASIS;
    }
}
