// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC2612} from "../../src/IERC2612.sol";
import {IERC3009} from "../../src/IERC3009.sol";
import {IMarketEscrow} from "../../src/IMarketEscrow.sol";
import {IPermit2} from "../../src/IPermit2.sol";
import {vm} from "./Vm.sol";

/// @notice The escrow's face with its signing domain.
interface IMarket is IMarketEscrow, IERC5267 {}

/// @notice The test token's face.
interface IToken is IERC20, IERC3009, IERC5267 {
    function mint(address to, uint256 amount) external;
    function decimals() external view returns (uint8);
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);
}

/// @notice A token with EIP-2612 permits.
interface IPermitToken is IERC20, IERC2612 {}

/// @notice What tests call of Permit2 besides.
interface IPermit2Full is IPermit2 {
    function DOMAIN_SEPARATOR() external view returns (bytes32);
    function invalidateUnorderedNonces(uint256 wordPosition, uint256 mask) external;
}

/// @notice Deploys the contracts from the artifacts of the release settings, whatever the tests are compiled with.
library Deploy {
    function market() internal returns (IMarket) {
        return IMarket(vm.deployCode("MarketEscrow.sol:MarketEscrow"));
    }

    /// @dev The code of the real one, which the build takes from its authors' package, at the address of all chains.
    function permit2() internal returns (IPermit2Full) {
        address place = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
        vm.etch(place, vm.parseBytes(vm.readFile("target/abi/Permit2.bin")));
        return IPermit2Full(place);
    }

    function token() internal returns (IToken) {
        return IToken(vm.deployCode("TestToken.sol:TestToken"));
    }
}
