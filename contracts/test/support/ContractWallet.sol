// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A contract wallet (ERC-1271) of one owner; its signatures are the owner's with the word "wallet" behind.
contract ContractWallet is IERC1271 {
    address private immutable OWNER;

    constructor(address owner) {
        OWNER = owner;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bool marked = keccak256(signature[65:]) == keccak256("wallet");
        return marked && ECDSA.recover(hash, signature[:65]) == OWNER ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
