// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {IToken} from "./support/Deploy.sol";
import {DenylistToken} from "./support/HostileTokens.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract ClaimTest is MarketTest {
    DenylistToken private asset;

    function setUp() public override {
        super.setUp();
        asset = new DenylistToken();
        token = IToken(address(asset));
        terms.asset = address(asset);
    }

    function test_waiting_shares_are_delivered_once_they_can_be_and_only_to_their_receiver() public {
        asset.deny(merchant, true);
        deposit();
        settle(50e6, 0);
        settle(TOTAL, 0);
        vm.assertEq(escrow.claimable(address(asset), merchant), 96_500_000);
        vm.expectRevert("denylisted");
        escrow.claim(address(asset), merchant);
        vm.assertEq(escrow.claimable(address(asset), merchant), 96_500_000);

        asset.deny(merchant, false);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Claimed(address(asset), merchant, 96_500_000);
        vm.prank(anyone);
        escrow.claim(address(asset), merchant);
        vm.assertEq(asset.balanceOf(merchant), 96_500_000);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.NothingToClaim.selector, asset, merchant));
        escrow.claim(address(asset), merchant);
    }

    function test_an_answer_of_false_claims_nothing() public {
        asset.deny(merchant, true);
        deposit();
        settle(TOTAL, 0);
        asset.answerFalse(true);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, asset));
        escrow.claim(address(asset), merchant);
        vm.assertEq(escrow.claimable(address(asset), merchant), 96_500_000);
    }

    function test_nothing_waits_for_nobody() public {
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.NothingToClaim.selector, asset, anyone));
        escrow.claim(address(asset), anyone);
    }
}
