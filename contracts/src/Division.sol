// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowTerms} from "./EscrowTypes.sol";

/// @title Division
/// @notice Divides what moves to the merchant's side between two cumulative states into its receivers' shares.
library Division {
    uint256 internal constant BASIS = 10_000;

    /// @notice Shares of the step from `oldGross` to `newGross`, which must not be less and fits in 120 bits.
    /// @dev Fee and referral are differences of the floors of the cumulative gross, so any sequence of steps adds up to
    /// what one step would pay. One exception: in a step of one minor unit both floors can rise, more than the step
    /// has; then the fee comes first and the referral gets what is left, because the merchant can't give a unit back.
    /// @return merchant What the merchant gets; the three add up to the step.
    /// @return fee What the fee receiver gets.
    /// @return referral What the referrer gets.
    function step(EscrowTerms calldata terms, uint256 oldGross, uint256 newGross)
        internal
        pure
        returns (uint256 merchant, uint256 fee, uint256 referral)
    {
        fee = portion(oldGross, newGross, terms.feeBps);
        referral = portion(oldGross, newGross, terms.referralBps);
        uint256 afterFee = newGross - oldGross - fee;
        if (referral > afterFee) referral = afterFee;
        merchant = afterFee - referral;
    }

    function portion(uint256 oldGross, uint256 newGross, uint256 basisPoints) private pure returns (uint256) {
        if (basisPoints == 0) return 0;
        unchecked {
            // 120 and 16 bits make at most 136, and the first floor is not below the second
            return newGross * basisPoints / BASIS - oldGross * basisPoints / BASIS;
        }
    }
}
