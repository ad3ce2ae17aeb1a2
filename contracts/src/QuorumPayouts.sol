// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttestedByQuorum} from "./AttestedByQuorum.sol";
import {Division} from "./Division.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {EscrowState, EscrowStates} from "./EscrowState.sol";
import {AttesterSet, Entitlement, EscrowTerms, Refusal, Signature} from "./EscrowTypes.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";
import {Payouts} from "./Payouts.sol";

/// @title QuorumPayouts
/// @notice Payouts by the ledger's word, as a quorum of attesters signed it.
abstract contract QuorumPayouts is AttestedByQuorum, Payouts {
    /// @dev Where `settle`'s entitlement is in calldata: after the selector, the terms, and the word of the set.
    uint256 private constant ENTITLEMENT = 4 + EscrowHashes.TERMS_SIZE + 32;
    uint256 private constant ENTITLEMENT_END = ENTITLEMENT + EscrowHashes.ENTITLEMENT_SIZE;

    /// @dev Fees of one receiver in one asset, to be sent together: a transfer less for each entitlement of a batch.
    struct Fees {
        address asset;
        address receiver;
        uint256 amount;
    }

    /// @inheritdoc IMarketEscrow
    function settle(
        EscrowTerms calldata terms,
        AttesterSet calldata set,
        Entitlement calldata entitlement,
        Signature[] calldata signatures
    ) external nonReentrant {
        bytes32 attesters = EscrowHashes.hash(set);
        _requireNamed(terms, attesters);
        bytes32 escrowId = _escrowId(EscrowHashes.firstTerms());
        bytes32 message = EscrowHashes.entitlement(escrowId, msg.data[ENTITLEMENT:ENTITLEMENT_END]);
        _requireQuorum(set, attesters, _hashTypedDataV4(message), signatures);
        EscrowState state = _states[escrowId];
        (Refusal refusal, uint256 fee) = _settleOne(escrowId, terms, entitlement, state);
        require(refusal == Refusal.None, PayoutRefused(escrowId, refusal, state.merchantGross(), state.payerAmount()));
        _deliverFee(escrowId, terms, fee);
    }

    /// @inheritdoc IMarketEscrow
    function settleBatch(
        EscrowTerms[] calldata terms,
        AttesterSet calldata set,
        Entitlement[] calldata entitlements,
        Signature[] calldata signatures
    ) external nonReentrant {
        require(terms.length == entitlements.length, LengthMismatch(terms.length, entitlements.length));
        bytes32[] memory ids = _escrowIds(EscrowHashes.elements(0, terms.length * EscrowHashes.TERMS_SIZE));
        bytes32 attesters = EscrowHashes.hash(set);
        bytes calldata words = EscrowHashes.elements(2, entitlements.length * EscrowHashes.ENTITLEMENT_SIZE);
        _requireQuorum(set, attesters, _batchDigest(ids, words), signatures);
        Fees memory fees;
        for (uint256 i; i < ids.length; ++i) {
            bytes32 escrowId = ids[i];
            EscrowTerms calldata its = terms[i];
            Entitlement calldata entitlement = entitlements[i];
            _requireNamed(its, attesters);
            (Refusal refusal, uint256 fee) = _settleOne(escrowId, its, entitlement, _states[escrowId]);
            if (refusal != Refusal.None) emit EntitlementSkipped(escrowId, entitlement.decision, refusal);
            if (fee != 0) _add(fees, its, fee);
        }
        _deliver(fees);
    }

    /// @inheritdoc IMarketEscrow
    function entitlementDigest(bytes32 escrowId, Entitlement calldata) external view returns (bytes32) {
        return _hashTypedDataV4(EscrowHashes.entitlement(escrowId, msg.data[36:36 + EscrowHashes.ENTITLEMENT_SIZE]));
    }

    /// @inheritdoc IMarketEscrow
    function batchDigest(bytes32[] calldata escrowIds, Entitlement[] calldata entitlements)
        external
        view
        returns (bytes32)
    {
        require(escrowIds.length == entitlements.length, LengthMismatch(escrowIds.length, entitlements.length));
        return _batchDigest(
            escrowIds, EscrowHashes.elements(1, entitlements.length * EscrowHashes.ENTITLEMENT_SIZE)
        );
    }

    /// @param words Terms as encoded in calldata.
    function _escrowIds(bytes calldata words) private view returns (bytes32[] memory ids) {
        ids = new bytes32[](words.length / EscrowHashes.TERMS_SIZE);
        uint256 start;
        for (uint256 i; i < ids.length; ++i) {
            uint256 end = start + EscrowHashes.TERMS_SIZE;
            ids[i] = _escrowId(EscrowHashes.terms(words[start:end]));
            start = end;
        }
    }

    /// @param words The escrows' entitlements as encoded in calldata.
    function _batchDigest(bytes32[] memory escrowIds, bytes calldata words) private view returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](escrowIds.length);
        uint256 start;
        for (uint256 i; i < hashes.length; ++i) {
            uint256 end = start + EscrowHashes.ENTITLEMENT_SIZE;
            hashes[i] = EscrowHashes.entitlement(escrowIds[i], words[start:end]);
            start = end;
        }
        return _hashTypedDataV4(EscrowHashes.batch(hashes));
    }

    /// @dev Adds a fee to those of the same receiver, after sending those of another.
    function _add(Fees memory fees, EscrowTerms calldata terms, uint256 fee) private {
        (address asset, address receiver) = (terms.asset, terms.feeReceiver);
        if (asset != fees.asset || receiver != fees.receiver) {
            _deliver(fees);
            (fees.asset, fees.receiver, fees.amount) = (asset, receiver, 0);
        }
        fees.amount += fee;
    }

    /// @dev They are several escrows' fees, so none is named.
    function _deliver(Fees memory fees) private {
        _deliver(bytes32(0), fees.asset, fees.receiver, fees.amount);
    }

    /// @dev Pays one entitlement whose signatures were checked, all but its fee, or says why not. Nothing new to pay is no
    /// refusal.
    function _settleOne(
        bytes32 escrowId,
        EscrowTerms calldata terms,
        Entitlement calldata entitlement,
        EscrowState state
    ) private returns (Refusal refusal, uint256 fee) {
        uint256 gross = entitlement.merchantGross;
        uint256 payerAmount = entitlement.payerAmount;
        uint256 total = terms.total;
        refusal = state.refusal(total, gross, payerAmount, entitlement.validUntil);
        if (refusal != Refusal.None) {
            return (refusal == Refusal.NothingNew ? Refusal.None : refusal, 0);
        }
        if (payerAmount == total && state.payerAmount() == 0) {
            state = state.with(EscrowStates.VOIDED);
            emit Voided(escrowId, payerAmount);
        }
        uint256 merchant;
        uint256 referral;
        (merchant, fee, referral) = Division.step(terms, state.merchantGross(), gross);
        uint256 back = _advance(escrowId, state, gross, payerAmount);
        emit Settled(escrowId, entitlement.decision, gross, payerAmount, merchant, fee, referral, back);
        _deliverMerchant(escrowId, terms, merchant, referral);
        if (back != 0) _deliver(escrowId, terms.asset, terms.payer, back);
    }

    function _requireNamed(EscrowTerms calldata terms, bytes32 attesters) private pure {
        require(terms.attesters == attesters, WrongAttesters(terms.attesters, attesters));
    }
}
