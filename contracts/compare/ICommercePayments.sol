// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What the comparison calls of base/commerce-payments' escrow.
interface ICommercePayments {
    /// @notice Its terms.
    struct PaymentInfo {
        address operator;
        address payer;
        address receiver;
        address token;
        uint120 maxAmount;
        uint48 preApprovalExpiry;
        uint48 authorizationExpiry;
        uint48 refundExpiry;
        uint16 minFeeBps;
        uint16 maxFeeBps;
        address feeReceiver;
        uint256 salt;
    }

    function authorize(PaymentInfo calldata info, uint256 amount, address collector, bytes calldata data) external;
    function capture(PaymentInfo calldata info, uint256 amount, uint16 feeBps, address feeReceiver) external;
    function reclaim(PaymentInfo calldata info) external;
    function getHash(PaymentInfo calldata info) external view returns (bytes32);
}
