// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStatus, Refusal} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract ReclaimTest is MarketTest {
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        id = deposit();
    }

    function test_anyone_can_send_the_payer_what_nobody_decided() public {
        settle(30e6, 20e6);
        vm.warp(STOP_DATE + 1);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Reclaimed(id, 70e6, 50e6);
        vm.prank(anyone);
        escrow.reclaim(terms);
        assertState(id, 30e6, 70e6);
        vm.assertEq(token.balanceOf(payer), 70e6);
        vm.assertTrue(escrow.status(id).reclaimed, "reclaimed");
    }

    function test_a_reclaimed_escrow_is_neither_refunded_nor_voided() public {
        vm.warp(STOP_DATE + 1);
        escrow.reclaim(terms);
        EscrowStatus memory status = escrow.status(id);
        vm.assertTrue(status.reclaimed && !status.refunded && !status.voided, "reclaimed only");
    }

    function test_until_the_stop_date_is_over_nobody_can() public {
        vm.warp(STOP_DATE);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.TooEarlyToReclaim.selector, STOP_DATE, STOP_DATE));
        escrow.reclaim(terms);
    }

    function test_nobody_reclaims_while_decisions_may_still_come() public {
        for (uint48 moment = NOW; moment < STOP_DATE; moment += 30 days) {
            vm.warp(moment);
            vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.TooEarlyToReclaim.selector, STOP_DATE, moment));
            escrow.reclaim(terms);
        }
        vm.warp(STOP_DATE - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.TooEarlyToReclaim.selector, STOP_DATE, STOP_DATE - 1));
        escrow.reclaim(terms);
    }

    function test_a_decision_still_counts_after_the_stop_date_if_it_comes_first() public {
        vm.warp(STOP_DATE + 1);
        settle(TOTAL, 0);
        expectRefusal(id, Refusal.NothingNew, TOTAL, 0);
        escrow.reclaim(terms);
    }

    function test_reclaiming_again_is_refused() public {
        vm.warp(STOP_DATE + 1);
        escrow.reclaim(terms);
        expectRefusal(id, Refusal.NothingNew, 0, TOTAL);
        escrow.reclaim(terms);
    }

    function test_nothing_can_be_reclaimed_without_a_deposit() public {
        terms.salt = "other";
        bytes32 other = escrow.escrowIdOf(terms);
        vm.warp(STOP_DATE + 1);
        expectRefusal(other, Refusal.NotDeposited, 0, 0);
        escrow.reclaim(terms);
    }
}
