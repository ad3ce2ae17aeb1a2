// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";

/// @title Delivery
/// @notice Sends shares to their receivers. One that can't be delivered waits, and holds up no other.
abstract contract Delivery is ReentrancyGuardTransient, IMarketEscrow {
    using SafeERC20 for IERC20;

    /// @notice Gas that a transfer of an asset may use: several times what the large stablecoins need.
    uint256 internal constant TRANSFER_GAS = 200_000;

    /// @dev A call gets at most 63/64 of what is left, so this much must be left for it to get its full allowance.
    /// Without the check a caller could give too little, make a transfer fail, and turn a payout into a waiting share.
    uint256 private constant GAS_BEFORE_TRANSFER = 210_000;

    bytes32 private constant TRUE = bytes32(uint256(1));

    mapping(address asset => mapping(address receiver => uint256 amount)) public override claimable;

    /// @inheritdoc IMarketEscrow
    function claim(address asset, address receiver) external nonReentrant {
        uint256 amount = claimable[asset][receiver];
        require(amount != 0, NothingToClaim(asset, receiver));
        claimable[asset][receiver] = 0;
        emit Claimed(asset, receiver, amount);
        IERC20(asset).safeTransfer(receiver, amount);
    }

    /// @dev Sends one share, if there is one, or keeps it for its receiver.
    function _deliver(bytes32 escrowId, address asset, address receiver, uint256 amount) internal {
        if (amount == 0 || _tryTransfer(asset, receiver, amount)) return;
        claimable[asset][receiver] += amount;
        emit Claimable(escrowId, asset, receiver, amount);
    }

    /// @dev Whether the asset took the transfer: it did not revert, and returned true or nothing at all.
    function _tryTransfer(address asset, address receiver, uint256 amount) private returns (bool) {
        require(gasleft() >= GAS_BEFORE_TRANSFER, NotEnoughGas(GAS_BEFORE_TRANSFER, gasleft()));
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory result) =
            asset.call{gas: TRANSFER_GAS}(abi.encodeCall(IERC20.transfer, (receiver, amount)));
        if (!success) return false;
        // fewer than 32 bytes are filled up with zeros behind, and are no true
        return result.length == 0 || bytes32(result) == TRUE;
    }
}
