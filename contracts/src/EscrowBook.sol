// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {EscrowState} from "./EscrowState.sol";
import {EscrowStatus, EscrowTerms} from "./EscrowTypes.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";

/// @title EscrowBook
/// @notice The states of all escrows, their names, and what a party's signature is.
abstract contract EscrowBook is EIP712, ReentrancyGuardTransient, IMarketEscrow {
    mapping(bytes32 escrowId => EscrowState state) internal _states;

    /// @inheritdoc IMarketEscrow
    function status(bytes32 escrowId) external view returns (EscrowStatus memory) {
        return _states[escrowId].toStatus();
    }

    /// @inheritdoc IMarketEscrow
    function escrowIdOf(EscrowTerms calldata) external view returns (bytes32) {
        return _escrowId(EscrowHashes.firstTerms());
    }

    /// @param termsHash The struct hash of the terms.
    function _escrowId(bytes32 termsHash) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), termsHash));
    }

    /// @dev Reverts unless `signer` signed the struct. ECDSA first: it spares a plain account the look-up of code that it
    /// does not have.
    function _requireSigned(address signer, bytes32 structHash, bytes calldata signature) internal view {
        bytes32 digest = _hashTypedDataV4(structHash);
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return;
        require(
            SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature), InvalidSignature(signer)
        );
    }
}
