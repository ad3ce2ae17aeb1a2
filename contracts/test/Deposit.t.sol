// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStatus, EscrowTerms, TermsFault} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract DepositTest is MarketTest {
    function test_the_exact_total_is_taken_and_announced() public {
        token.mint(payer, TOTAL + 5);
        vm.prank(payer);
        token.approve(address(escrow), type(uint256).max);
        bytes32 id = escrow.escrowIdOf(terms);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Deposited(id, terms.termsHash, payer, merchant, address(token), payer, TOTAL);
        vm.prank(payer);
        vm.assertEq(escrow.deposit(terms), id);
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
        vm.assertEq(token.balanceOf(payer), 5);
        EscrowStatus memory status = escrow.status(id);
        vm.assertTrue(status.deposited, "deposited");
        vm.assertTrue(!status.refunded && !status.voided && !status.reclaimed, "nothing else");
    }

    function test_anyone_can_pay_for_the_payer_with_their_own_money_only() public {
        token.mint(anyone, TOTAL);
        token.mint(payer, TOTAL);
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        vm.prank(anyone);
        token.approve(address(escrow), TOTAL);
        vm.prank(anyone);
        escrow.deposit(terms);
        vm.assertEq(token.balanceOf(anyone), 0);
        vm.assertEq(token.balanceOf(payer), TOTAL);
    }

    function test_a_second_deposit_is_refused() public {
        bytes32 id = deposit();
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.AlreadyDeposited.selector, id));
        escrow.deposit(terms);
    }

    function test_a_second_deposit_is_refused_after_everything_was_paid_out() public {
        bytes32 id = deposit();
        settle(0, TOTAL);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.AlreadyDeposited.selector, id));
        escrow.deposit(terms);
    }

    function test_a_deposit_at_payBy_is_too_late() public {
        vm.warp(PAY_BY);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.DepositTooLate.selector, PAY_BY, PAY_BY));
        escrow.deposit(terms);
    }

    function test_a_deposit_after_payBy_is_too_late() public {
        vm.warp(PAY_BY + 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.DepositTooLate.selector, PAY_BY, PAY_BY + 1));
        escrow.deposit(terms);
    }

    function test_a_deposit_a_second_before_payBy_is_in_time() public {
        vm.warp(PAY_BY - 1);
        vm.assertTrue(escrow.status(deposit()).deposited, "deposited");
    }

    function test_every_fault_of_terms_is_refused_by_its_name() public {
        EscrowTerms memory good = terms;
        terms.payer = address(0);
        refused(good, TermsFault.NoPayer);
        terms.merchant = address(0);
        refused(good, TermsFault.NoMerchant);
        terms.feeReceiver = address(0);
        refused(good, TermsFault.NoFeeReceiver);
        terms.referrer = address(0);
        refused(good, TermsFault.NoReferrer);
        terms.payer = address(escrow);
        refused(good, TermsFault.EscrowIsParty);
        terms.merchant = address(escrow);
        refused(good, TermsFault.EscrowIsParty);
        terms.feeReceiver = address(escrow);
        refused(good, TermsFault.EscrowIsParty);
        terms.referrer = address(escrow);
        refused(good, TermsFault.EscrowIsParty);
        terms.total = 0;
        refused(good, TermsFault.NothingToDeposit);
        terms.feeBps = 9_901;
        refused(good, TermsFault.FeesOverTotal);
        terms.stopDate = PAY_BY - 1;
        refused(good, TermsFault.StopsBeforePayBy);
    }

    function test_everything_may_be_fees_and_the_stop_date_may_be_payBy() public {
        terms.feeBps = 10_000 - terms.referralBps;
        terms.stopDate = PAY_BY;
        deposit();
        settle(TOTAL, 0);
        vm.assertEq(token.balanceOf(merchant), 0);
        assertNothingWaits();
    }

    function test_receivers_may_be_missing_where_there_is_no_share_for_them() public {
        (terms.feeReceiver, terms.referrer, terms.feeBps, terms.referralBps) = (address(0), address(0), 0, 0);
        deposit();
        settle(TOTAL, 0);
        vm.assertEq(token.balanceOf(merchant), TOTAL);
    }

    function test_an_asset_without_code_is_refused() public {
        terms.asset = address(0xDEAD);
        vm.expectRevert("");
        escrow.deposit(terms);
    }

    function test_the_id_depends_on_every_term_the_contract_and_the_chain() public view {
        bytes32 id = escrow.escrowIdOf(terms);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)"
                ),
                terms
            )
        );
        vm.assertEq(id, keccak256(abi.encode(block.chainid, address(escrow), structHash)));
    }

    function refused(EscrowTerms memory good, TermsFault fault) private {
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidTerms.selector, fault));
        escrow.deposit(terms);
        terms = good;
    }
}
