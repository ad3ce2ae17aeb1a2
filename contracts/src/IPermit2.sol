// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IPermit2
/// @notice The part of Uniswap's Permit2 (SignatureTransfer) that the escrow calls. It is at the same address on every
/// chain that has it.
interface IPermit2 {
    /// @notice What the owner permits: at most `amount` of `token`.
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    /// @notice A permit for one transfer. Nonces need no order; each counts once. Valid until `deadline`, Unix seconds.
    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice What the spender, who calls, does with it.
    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /// @notice Moves `owner`'s money by its signature, which covers `witness` too.
    /// @param witness EIP-712 struct hash of what else the owner signed.
    /// @param witnessTypeString The witness member's type and name, and the definitions of all types in their order.
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external;
}
