// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {AttesterSet, Signature} from "./EscrowTypes.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";
import {Quorum} from "./Quorum.sol";

/// @title AttestedByQuorum
/// @notice The rule that every quorum contains its required attester, or after a delay its standby.
/// @dev The delay runs on the chain, from an announcement that carries the same signatures: a time that signers state
/// themselves could be in the past, and would give the required attester no chance to object.
abstract contract AttestedByQuorum is EIP712, IMarketEscrow {
    uint256 private constant NEVER = type(uint256).max;

    /// @notice The required attester did not sign, and the standby's signature over `digest` was not announced.
    error StandbyNotAnnounced(bytes32 digest);
    /// @notice The standby's signature counts from `usableFrom`; the maximum means that the required attester objected.
    error StandbyNotUsable(bytes32 digest, uint256 usableFrom);

    mapping(bytes32 attesters => mapping(bytes32 digest => uint256 time)) public override standbyUsableFrom;

    /// @inheritdoc IMarketEscrow
    function announceStandby(AttesterSet calldata set, bytes32 digest, Signature[] calldata signatures) external {
        bytes32 attesters = EscrowHashes.hash(set);
        Quorum.tally(set, digest, signatures);
        if (standbyUsableFrom[attesters][digest] != 0) return;
        uint256 usableFrom = block.timestamp + set.standbyDelay;
        standbyUsableFrom[attesters][digest] = usableFrom;
        emit StandbyAnnounced(attesters, digest, usableFrom);
    }

    /// @inheritdoc IMarketEscrow
    function objectToStandby(AttesterSet calldata set, bytes32 digest, bytes calldata signature) external {
        bytes32 attesters = EscrowHashes.hash(set);
        bytes32 objection = _hashTypedDataV4(EscrowHashes.standbyObjection(attesters, digest));
        require(ECDSA.recoverCalldata(objection, signature) == set.required, InvalidSignature(set.required));
        standbyUsableFrom[attesters][digest] = NEVER;
        emit StandbyObjected(attesters, digest);
    }

    /// @inheritdoc IMarketEscrow
    function attestersOf(AttesterSet calldata set) external pure returns (bytes32) {
        return EscrowHashes.hash(set);
    }

    /// @dev Reverts unless a quorum of `set`, whose hash is `attesters`, signed `digest` and may decide now.
    function _requireQuorum(AttesterSet calldata set, bytes32 attesters, bytes32 digest, Signature[] calldata signatures)
        internal
        view
    {
        if (Quorum.tally(set, digest, signatures)) return;
        uint256 usableFrom = standbyUsableFrom[attesters][digest];
        require(usableFrom != 0, StandbyNotAnnounced(digest));
        require(block.timestamp >= usableFrom, StandbyNotUsable(digest, usableFrom));
    }
}
