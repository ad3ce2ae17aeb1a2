// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {AttestedByQuorum} from "./AttestedByQuorum.sol";
import {Delivery} from "./Delivery.sol";
import {Division} from "./Division.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {EscrowState, EscrowStates} from "./EscrowState.sol";
import {AttesterSet, Entitlement, EscrowStatus, EscrowTerms, Refusal, Shares} from "./EscrowTypes.sol";
import {IERC3009} from "./IERC3009.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";
import {TermsRules} from "./TermsRules.sol";

/// @title MarketEscrow
/// @notice See `IMarketEscrow`. EIP-712 domain: name "Clearmarket Escrow", version "1", this chain, this contract.
/// @dev Every operation checks, stores, emits, and only then calls the asset.
contract MarketEscrow is AttestedByQuorum, Delivery {
    using EscrowStates for EscrowState;
    using SafeERC20 for IERC20;

    mapping(bytes32 escrowId => EscrowState state) private _states;

    constructor() EIP712("Clearmarket Escrow", "1") {}

    /// @inheritdoc IMarketEscrow
    function deposit(EscrowTerms calldata terms) external nonReentrant returns (bytes32 escrowId) {
        escrowId = _open(terms, msg.sender);
        IERC20 asset = IERC20(terms.asset);
        uint256 balanceBefore = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), terms.total);
        _requireExact(terms, balanceBefore);
    }

    /// @inheritdoc IMarketEscrow
    function depositWithAuthorization(EscrowTerms calldata terms, bytes calldata signature)
        external
        nonReentrant
        returns (bytes32 escrowId)
    {
        escrowId = _open(terms, terms.payer);
        uint256 balanceBefore = IERC20(terms.asset).balanceOf(address(this));
        _receiveWithAuthorization(terms, escrowId, signature);
        _requireExact(terms, balanceBefore);
    }

    /// @inheritdoc IMarketEscrow
    function settle(
        EscrowTerms calldata terms,
        AttesterSet calldata set,
        Entitlement calldata entitlement,
        bytes[] calldata signatures
    ) external nonReentrant {
        bytes32 attesters = EscrowHashes.hash(set);
        bytes32 escrowId = _requireSame(terms, entitlement, attesters);
        _requireQuorum(set, attesters, _hashTypedDataV4(EscrowHashes.hash(entitlement)), signatures);
        EscrowState memory state = _states[escrowId];
        Refusal refusal = _settleOne(escrowId, terms, entitlement, state);
        require(refusal == Refusal.None, PayoutRefused(escrowId, refusal, state.merchantGross, state.payerAmount));
    }

    /// @inheritdoc IMarketEscrow
    function settleBatch(
        EscrowTerms[] calldata terms,
        AttesterSet calldata set,
        Entitlement[] calldata entitlements,
        bytes[] calldata signatures
    ) external nonReentrant {
        require(terms.length == entitlements.length, LengthMismatch(terms.length, entitlements.length));
        bytes32 attesters = EscrowHashes.hash(set);
        _requireQuorum(set, attesters, _hashTypedDataV4(EscrowHashes.hash(entitlements)), signatures);
        for (uint256 i; i < entitlements.length; ++i) {
            bytes32 escrowId = _requireSame(terms[i], entitlements[i], attesters);
            Refusal refusal = _settleOne(escrowId, terms[i], entitlements[i], _states[escrowId]);
            if (refusal != Refusal.None) emit EntitlementSkipped(escrowId, entitlements[i].decision, refusal);
        }
    }

    /// @inheritdoc IMarketEscrow
    function payMerchant(EscrowTerms calldata terms, uint120 merchantGross, uint48 validUntil, bytes calldata signature)
        external
        nonReentrant
    {
        bytes32 escrowId = escrowIdOf(terms);
        EscrowState memory state = _states[escrowId];
        _requirePayable(escrowId, state, terms.total, merchantGross, state.payerAmount, validUntil);
        uint8 nonce = state.usePayerNonce(escrowId);
        _requireSigned(terms.payer, EscrowHashes.payMerchant(escrowId, merchantGross, nonce, validUntil), signature);
        Shares memory shares = _advance(escrowId, terms, state, merchantGross, state.payerAmount);
        emit PaidDirect(escrowId, merchantGross, shares.merchant, shares.fee, shares.referral);
        _deliver(escrowId, terms, shares);
    }

    /// @inheritdoc IMarketEscrow
    function refundPayer(EscrowTerms calldata terms, uint120 payerAmount, uint48 validUntil, bytes calldata signature)
        external
        nonReentrant
    {
        bytes32 escrowId = escrowIdOf(terms);
        EscrowState memory state = _states[escrowId];
        _requirePayable(escrowId, state, terms.total, state.merchantGross, payerAmount, validUntil);
        uint8 nonce = state.useMerchantNonce(escrowId);
        _requireSigned(terms.merchant, EscrowHashes.refundPayer(escrowId, payerAmount, nonce, validUntil), signature);
        Shares memory shares = _advance(escrowId, terms, state, state.merchantGross, payerAmount);
        emit RefundedDirect(escrowId, payerAmount, shares.payer);
        _deliver(escrowId, terms, shares);
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
        bytes32 escrowId = escrowIdOf(terms);
        EscrowState memory state = _states[escrowId];
        _requirePayable(escrowId, state, terms.total, merchantGross, payerAmount, validUntil);
        bytes32 message = EscrowHashes.split(
            escrowId,
            merchantGross,
            payerAmount,
            state.usePayerNonce(escrowId),
            state.useMerchantNonce(escrowId),
            validUntil
        );
        _requireSigned(terms.payer, message, payerSignature);
        _requireSigned(terms.merchant, message, merchantSignature);
        Shares memory shares = _advance(escrowId, terms, state, merchantGross, payerAmount);
        emit SplitDirect(
            escrowId, merchantGross, payerAmount, shares.merchant, shares.fee, shares.referral, shares.payer
        );
        _deliver(escrowId, terms, shares);
    }

    /// @inheritdoc IMarketEscrow
    function reclaim(EscrowTerms calldata terms) external nonReentrant {
        require(block.timestamp > terms.stopDate, TooEarlyToReclaim(terms.stopDate, block.timestamp));
        bytes32 escrowId = escrowIdOf(terms);
        EscrowState memory state = _states[escrowId];
        uint120 payerAmount = terms.total - state.merchantGross;
        _requirePayable(escrowId, state, terms.total, state.merchantGross, payerAmount, block.timestamp);
        uint256 undecided = payerAmount - state.payerAmount;
        state.payerAmount = payerAmount;
        state.bits |= EscrowStates.RECLAIMED;
        _states[escrowId] = state;
        emit Reclaimed(escrowId, payerAmount, undecided);
        _deliver(escrowId, terms.asset, terms.payer, undecided);
    }

    /// @inheritdoc IMarketEscrow
    function status(bytes32 escrowId) external view returns (EscrowStatus memory) {
        return _states[escrowId].toStatus();
    }

    /// @inheritdoc IMarketEscrow
    function entitlementDigest(Entitlement calldata entitlement) external view returns (bytes32) {
        return _hashTypedDataV4(EscrowHashes.hash(entitlement));
    }

    /// @inheritdoc IMarketEscrow
    function batchDigest(Entitlement[] calldata entitlements) external view returns (bytes32) {
        return _hashTypedDataV4(EscrowHashes.hash(entitlements));
    }

    /// @inheritdoc IMarketEscrow
    function escrowIdOf(EscrowTerms calldata terms) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), EscrowHashes.hash(terms)));
    }

    function _open(EscrowTerms calldata terms, address depositor) private returns (bytes32 escrowId) {
        TermsRules.requireValid(terms);
        require(block.timestamp < terms.payBy, DepositTooLate(terms.payBy, block.timestamp));
        escrowId = escrowIdOf(terms);
        require(_states[escrowId].bits == 0, AlreadyDeposited(escrowId));
        _states[escrowId].bits = EscrowStates.DEPOSITED;
        emit Deposited(escrowId, terms.termsHash, terms.payer, terms.merchant, terms.asset, depositor, terms.total);
    }

    function _receiveWithAuthorization(EscrowTerms calldata terms, bytes32 escrowId, bytes calldata signature) private {
        IERC3009 asset = IERC3009(terms.asset);
        if (signature.length != 65) {
            asset.receiveWithAuthorization(terms.payer, address(this), terms.total, 0, terms.payBy, escrowId, signature);
            return;
        }
        asset.receiveWithAuthorization(
            terms.payer,
            address(this),
            terms.total,
            0,
            terms.payBy,
            escrowId,
            uint8(signature[64]),
            bytes32(signature[:32]),
            bytes32(signature[32:64])
        );
    }

    /// @dev Pays one entitlement whose signatures were checked, or says why not. Nothing new to pay is no refusal.
    function _settleOne(
        bytes32 escrowId,
        EscrowTerms calldata terms,
        Entitlement calldata entitlement,
        EscrowState memory state
    ) private returns (Refusal refusal) {
        uint120 merchantGross = entitlement.merchantGross;
        uint120 payerAmount = entitlement.payerAmount;
        refusal = state.refusal(terms.total, merchantGross, payerAmount, entitlement.validUntil);
        if (refusal == Refusal.NothingNew) return Refusal.None;
        if (refusal != Refusal.None) return refusal;
        if (state.payerAmount == 0 && payerAmount == terms.total) {
            state.bits |= EscrowStates.VOIDED;
            emit Voided(escrowId, payerAmount);
        }
        Shares memory shares = _advance(escrowId, terms, state, merchantGross, payerAmount);
        emit Settled(
            escrowId,
            entitlement.decision,
            entitlement.ledgerId,
            merchantGross,
            payerAmount,
            shares.merchant,
            shares.fee,
            shares.referral,
            shares.payer
        );
        _deliver(escrowId, terms, shares);
    }

    /// @dev Stores new cumulative amounts, which were checked, and says what each receiver gets of the difference.
    function _advance(
        bytes32 escrowId,
        EscrowTerms calldata terms,
        EscrowState memory state,
        uint120 merchantGross,
        uint120 payerAmount
    ) private returns (Shares memory shares) {
        shares = Division.step(terms, state.merchantGross, state.payerAmount, merchantGross, payerAmount);
        state.merchantGross = merchantGross;
        state.payerAmount = payerAmount;
        if (shares.payer != 0) state.bits |= EscrowStates.REFUNDED;
        _states[escrowId] = state;
    }

    function _requireExact(EscrowTerms calldata terms, uint256 balanceBefore) private view {
        uint256 balance = IERC20(terms.asset).balanceOf(address(this));
        uint256 received = balance > balanceBefore ? balance - balanceBefore : 0;
        require(received == terms.total, DepositNotExact(terms.asset, terms.total, received));
    }

    function _requireSame(EscrowTerms calldata terms, Entitlement calldata entitlement, bytes32 attesters)
        private
        view
        returns (bytes32 escrowId)
    {
        require(terms.attesters == attesters, WrongAttesters(terms.attesters, attesters));
        escrowId = escrowIdOf(terms);
        require(escrowId == entitlement.escrowId, WrongEscrow(escrowId, entitlement.escrowId));
    }

    function _requirePayable(
        bytes32 escrowId,
        EscrowState memory state,
        uint256 total,
        uint256 merchantGross,
        uint256 payerAmount,
        uint256 validUntil
    ) private view {
        Refusal refusal = state.refusal(total, merchantGross, payerAmount, validUntil);
        require(refusal == Refusal.None, PayoutRefused(escrowId, refusal, state.merchantGross, state.payerAmount));
    }

    /// @dev ECDSA first: it spares a plain account the look-up of code that it does not have.
    function _requireSigned(address signer, bytes32 structHash, bytes calldata signature) private view {
        bytes32 digest = _hashTypedDataV4(structHash);
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return;
        require(
            SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature), InvalidSignature(signer)
        );
    }
}
