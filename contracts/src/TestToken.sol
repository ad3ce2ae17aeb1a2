// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title TestToken
/// @notice A worthless ERC-20 for development and tests: six decimals like the large stablecoins, EIP-2612 permit and
/// EIP-3009 authorizations with random nonces, and anyone can mint. Its EIP-712 domain is its name with version "1".
contract TestToken is ERC20, ERC20Permit, ERC3009 {
    constructor() ERC20("Clearmarket Test Dollar", "TESTUSD") ERC20Permit("Clearmarket Test Dollar") {}

    /// @notice Makes `amount` minor units out of nothing and gives them to `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc IERC20Metadata
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
