// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Signature} from "../../src/EscrowTypes.sol";
import {vm} from "./Vm.sol";

/// @notice Signs as a wallet would: from the domain that a contract declares (ERC-5267), not from its own digests.
abstract contract EIP712Signer {
    function sign(uint256 key, bytes32 hash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    /// @dev A signature as ERC-2098 writes it.
    function compact(uint256 key, bytes32 hash) internal pure returns (Signature memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return Signature({r: r, vs: s | bytes32(uint256(v - 27) << 255)});
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
    function signAll(bytes32 hash, uint256 firstKey, uint256 secondKey) internal pure returns (Signature[] memory) {
        uint256[] memory keys = new uint256[](2);
        (keys[0], keys[1]) = (firstKey, secondKey);
        return signAll(hash, keys);
    }

    /// @dev Signatures by all keys, in ascending order of their addresses.
    function signAll(bytes32 hash, uint256[] memory keys) internal pure returns (Signature[] memory signatures) {
        signatures = new Signature[](keys.length);
        for (uint256 i; i < keys.length; ++i) {
            uint256 next = i;
            for (uint256 j = i + 1; j < keys.length; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[next])) next = j;
            }
            (keys[i], keys[next]) = (keys[next], keys[i]);
            signatures[i] = compact(keys[i], hash);
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
