// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3009} from "../../src/IERC3009.sol";
import {IMarketEscrow} from "../../src/IMarketEscrow.sol";
import {vm} from "./Vm.sol";

/// @notice The escrow's face with its signing domain.
interface IMarket is IMarketEscrow, IERC5267 {}

/// @notice The test token's face.
interface IToken is IERC20, IERC3009, IERC5267 {
    function mint(address to, uint256 amount) external;
    function decimals() external view returns (uint8);
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);
}

/// @notice Deploys the contracts from the artifacts of the release settings, whatever the tests are compiled with.
library Deploy {
    function market() internal returns (IMarket) {
        return IMarket(vm.deployCode("MarketEscrow.sol:MarketEscrow"));
    }

    function token() internal returns (IToken) {
        return IToken(vm.deployCode("TestToken.sol:TestToken"));
    }
}
