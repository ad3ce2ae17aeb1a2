// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {AttesterSet} from "./EscrowTypes.sol";

/// @title Quorum
/// @notice Who signed, and whether that is a quorum.
library Quorum {
    /// @notice What the signatures amount to. `seats` counts distinct signers, required and standby together as one.
    struct Tally {
        uint256 seats;
        bool required;
        bool standby;
    }

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
    function tally(AttesterSet calldata set, bytes32 digest, bytes[] calldata signatures)
        internal
        pure
        returns (Tally memory result)
    {
        uint256 threshold = set.threshold;
        require(threshold > 1, ThresholdTooLow(threshold));
        address previous;
        for (uint256 i; i < signatures.length; ++i) {
            address signer = ECDSA.recoverCalldata(digest, signatures[i]);
            require(signer > previous, SignersNotAscending(previous, signer));
            previous = signer;
            if (signer == set.required) result.required = true;
            else if (signer == set.standby) result.standby = true;
            else if (isMember(set.members, signer)) ++result.seats;
            else revert NotAnAttester(signer);
        }
        require(result.required || result.standby, RequiredAttesterMissing(set.required));
        ++result.seats;
        require(result.seats >= threshold, QuorumNotReached(result.seats, threshold));
    }

    function isMember(address[] calldata members, address signer) private pure returns (bool) {
        for (uint256 i; i < members.length; ++i) {
            if (members[i] == signer) return true;
        }
        return false;
    }
}
