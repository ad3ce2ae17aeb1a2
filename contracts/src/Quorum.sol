// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {AttesterSet, Signature} from "./EscrowTypes.sol";

/// @title Quorum
/// @notice Who signed, and whether that is a quorum.
library Quorum {
    /// @notice A threshold under 2 would let the required attester decide alone.
    error ThresholdTooLow(uint256 threshold);
    /// @notice `signer` is not in the set, or the signature is over something else.
    error NotAnAttester(address signer);
    /// @notice Signers must be distinct and ascending.
    error SignersNotAscending(address previous, address signer);
    /// @notice Neither the required attester nor its standby signed.
    error RequiredAttesterMissing(address required);
    /// @notice Too few signed.
    error QuorumNotReached(uint256 signed, uint256 threshold);

    /// @notice Recovers and counts the signers; reverts unless they make a quorum, the standby counted as required.
    /// @return byRequired Whether the required attester itself signed, and not only its standby.
    function tally(AttesterSet calldata set, bytes32 digest, Signature[] calldata signatures)
        internal
        pure
        returns (bool byRequired)
    {
        uint256 threshold = set.threshold;
        require(threshold > 1, ThresholdTooLow(threshold));
        (address required, address standby) = (set.required, set.standby);
        bool byStandby;
        uint256 signed;
        address previous;
        for (uint256 i; i < signatures.length; ++i) {
            address signer = ECDSA.recover(digest, signatures[i].r, signatures[i].vs);
            require(signer > previous, SignersNotAscending(previous, signer));
            previous = signer;
            if (signer == required) byRequired = true;
            else if (signer == standby) byStandby = true;
            else if (isMember(set.members, signer)) ++signed;
            else revert NotAnAttester(signer);
        }
        require(byRequired || byStandby, RequiredAttesterMissing(required));
        ++signed; // the two together have one seat
        require(signed >= threshold, QuorumNotReached(signed, threshold));
    }

    function isMember(address[] calldata members, address signer) private pure returns (bool) {
        for (uint256 i; i < members.length; ++i) {
            if (members[i] == signer) return true;
        }
        return false;
    }
}
