// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Delivery} from "./Delivery.sol";
import {EscrowBook} from "./EscrowBook.sol";
import {EscrowState, EscrowStates} from "./EscrowState.sol";
import {EscrowTerms, Refusal} from "./EscrowTypes.sol";

/// @title Payouts
/// @notice What all ways to pay have in common: they bring an escrow from one pair of cumulative amounts to the next.
abstract contract Payouts is EscrowBook, Delivery {
    /// @dev Sends the shares of the merchant's side but the fee; reading a receiver costs, so nobody's is read for nothing.
    function _deliverMerchant(bytes32 escrowId, EscrowTerms calldata terms, uint256 merchant, uint256 referral) internal {
        if (merchant != 0) _deliver(escrowId, terms.asset, terms.merchant, merchant);
        if (referral != 0) _deliver(escrowId, terms.asset, terms.referrer, referral);
    }

    function _deliverFee(bytes32 escrowId, EscrowTerms calldata terms, uint256 fee) internal {
        if (fee != 0) _deliver(escrowId, terms.asset, terms.feeReceiver, fee);
    }

    function _requirePayable(
        bytes32 escrowId,
        EscrowState state,
        EscrowTerms calldata terms,
        uint256 gross,
        uint256 payerAmount,
        uint256 validUntil
    ) internal view {
        Refusal refusal = state.refusal(terms.total, gross, payerAmount, validUntil);
        require(
            refusal == Refusal.None, PayoutRefused(escrowId, refusal, state.merchantGross(), state.payerAmount())
        );
    }

    /// @dev Stores new cumulative amounts, which were checked.
    /// @param state The state so far, with what else changes in it.
    /// @return back What the payer gets of the difference.
    function _advance(bytes32 escrowId, EscrowState state, uint256 gross, uint256 payerAmount)
        internal
        returns (uint256 back)
    {
        back = payerAmount - state.payerAmount();
        if (back != 0) state = state.with(EscrowStates.REFUNDED);
        _states[escrowId] = state.withAmounts(gross, payerAmount);
    }
}
