// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {vm} from "./Vm.sol";

/// @notice Signs as a wallet would: from the domain that a contract declares (ERC-5267), not from its own digests.
abstract contract EIP712Signer {
    function sign(uint256 key, bytes32 hash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    function digest(IERC5267 verifier, bytes32 structHash) internal view returns (bytes32) {
        (, string memory name, string memory version, uint256 chainId, address account,,) = verifier.eip712Domain();
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256(bytes(version)),
                chainId,
                account
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    /// @dev Signatures by both keys, in ascending order of their addresses.
    function signAll(bytes32 hash, uint256 firstKey, uint256 secondKey) internal pure returns (bytes[] memory) {
        uint256[] memory keys = new uint256[](2);
        (keys[0], keys[1]) = (firstKey, secondKey);
        return signAll(hash, keys);
    }

    /// @dev Signatures by all keys, in ascending order of their addresses.
    function signAll(bytes32 hash, uint256[] memory keys) internal pure returns (bytes[] memory signatures) {
        signatures = new bytes[](keys.length);
        for (uint256 i; i < keys.length; ++i) {
            uint256 next = i;
            for (uint256 j = i + 1; j < keys.length; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[next])) next = j;
            }
            (keys[i], keys[next]) = (keys[next], keys[i]);
            signatures[i] = sign(keys[i], hash);
        }
    }

    /// @dev An authorization of EIP-3009.
    function signReceive(
        uint256 key,
        IERC5267 token,
        address from,
        address to,
        uint256 value,
        uint256 validBefore,
        bytes32 nonce
    ) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        return
            sign(key, digest(token, keccak256(abi.encode(typeHash, from, to, value, uint256(0), validBefore, nonce))));
    }
}
