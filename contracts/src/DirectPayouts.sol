// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Division} from "./Division.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {EscrowState} from "./EscrowState.sol";
import {EscrowTerms} from "./EscrowTypes.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";
import {Payouts} from "./Payouts.sol";

/// @title DirectPayouts
/// @notice Payouts by the parties' own word, without ledger or attesters.
abstract contract DirectPayouts is Payouts {
    /// @inheritdoc IMarketEscrow
    function payMerchant(EscrowTerms calldata terms, uint120 merchantGross, uint48 validUntil, bytes calldata signature)
        external
        nonReentrant
    {
        bytes32 escrowId = _escrowId(EscrowHashes.firstTerms());
        EscrowState state = _states[escrowId];
        _requirePayable(escrowId, state, terms, merchantGross, state.payerAmount(), validUntil);
        bytes32 message = EscrowHashes.payMerchant(escrowId, merchantGross, state.payerNonce(), validUntil);
        state = state.usePayerNonce(escrowId);
        _requireSigned(terms.payer, message, signature);
        (uint256 merchant, uint256 fee, uint256 referral) =
            Division.step(terms, state.merchantGross(), merchantGross);
        _advance(escrowId, state, merchantGross, state.payerAmount());
        emit PaidDirect(escrowId, merchantGross, merchant, fee, referral);
        _deliverMerchant(escrowId, terms, merchant, referral);
        _deliverFee(escrowId, terms, fee);
    }

    /// @inheritdoc IMarketEscrow
    function refundPayer(EscrowTerms calldata terms, uint120 payerAmount, uint48 validUntil, bytes calldata signature)
        external
        nonReentrant
    {
        bytes32 escrowId = _escrowId(EscrowHashes.firstTerms());
        EscrowState state = _states[escrowId];
        _requirePayable(escrowId, state, terms, state.merchantGross(), payerAmount, validUntil);
        bytes32 message = EscrowHashes.refundPayer(escrowId, payerAmount, state.merchantNonce(), validUntil);
        state = state.useMerchantNonce(escrowId);
        _requireSigned(terms.merchant, message, signature);
        uint256 back = _advance(escrowId, state, state.merchantGross(), payerAmount);
        emit RefundedDirect(escrowId, payerAmount, back);
        _deliver(escrowId, terms.asset, terms.payer, back);
    }

    /// @inheritdoc IMarketEscrow
    function split(
        EscrowTerms calldata terms,
        uint120 merchantGross,
        uint120 payerAmount,
        uint48 validUntil,
        bytes calldata payerSignature,
        bytes calldata merchantSignature
    ) external nonReentrant {
        bytes32 escrowId = _escrowId(EscrowHashes.firstTerms());
        EscrowState state = _states[escrowId];
        _requirePayable(escrowId, state, terms, merchantGross, payerAmount, validUntil);
        bytes32 message = EscrowHashes.split(
            escrowId, merchantGross, payerAmount, state.payerNonce(), state.merchantNonce(), validUntil
        );
        _requireSigned(terms.payer, message, payerSignature);
        _requireSigned(terms.merchant, message, merchantSignature);
        _split(escrowId, terms, state.usePayerNonce(escrowId).useMerchantNonce(escrowId), merchantGross, payerAmount);
    }

    /// @dev Pays both sides, by amounts and signatures that were checked.
    function _split(
        bytes32 escrowId,
        EscrowTerms calldata terms,
        EscrowState state,
        uint256 merchantGross,
        uint256 payerAmount
    ) private {
        (uint256 merchant, uint256 fee, uint256 referral) =
            Division.step(terms, state.merchantGross(), merchantGross);
        uint256 back = _advance(escrowId, state, merchantGross, payerAmount);
        emit SplitDirect(escrowId, merchantGross, payerAmount, merchant, fee, referral, back);
        _deliverMerchant(escrowId, terms, merchant, referral);
        _deliverFee(escrowId, terms, fee);
        if (back != 0) _deliver(escrowId, terms.asset, terms.payer, back);
    }
}
