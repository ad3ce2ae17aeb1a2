// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IERC2612
/// @notice The part of EIP-2612 that the escrow calls, with the overload by which large stablecoins accept the
/// signatures of contract wallets (ERC-1271).
interface IERC2612 {
    /// @notice Lets `spender` take `value` from `owner`, by `owner`'s signature, which is good until `deadline`.
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;

    /// @notice The same, with a signature of any length.
    function permit(address owner, address spender, uint256 value, uint256 deadline, bytes calldata signature) external;
}
