// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Entitlement, EscrowTerms, Signature} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {Deploy, IPermit2Full, IToken} from "./support/Deploy.sol";
import {
    BonusToken,
    DenylistToken,
    FeeOnTransferToken,
    IdleToken,
    NoReturnToken,
    PausableToken,
    RebasingToken,
    ReentrantToken,
    WastefulToken
} from "./support/HostileTokens.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract HostileTokenTest is MarketTest {
    function test_a_token_that_keeps_a_fee_is_refused_at_deposit() public {
        use(address(new FeeOnTransferToken()));
        token.mint(payer, TOTAL);
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        vm.expectRevert(
            abi.encodeWithSelector(IMarketEscrow.DepositNotExact.selector, token, TOTAL, TOTAL - TOTAL / 100)
        );
        vm.prank(payer);
        escrow.deposit(terms);
        vm.assertTrue(!escrow.status(escrow.escrowIdOf(terms)).deposited, "nothing deposited");
    }

    function test_a_token_that_keeps_a_fee_is_refused_by_authorization_and_by_permit2_too() public {
        use(address(new FeeOnTransferToken()));
        token.mint(payer, TOTAL);
        bytes memory notExact =
            abi.encodeWithSelector(IMarketEscrow.DepositNotExact.selector, token, TOTAL, TOTAL - TOTAL / 100);
        vm.expectRevert(notExact);
        escrow.depositWithAuthorization(terms, new bytes(65));
        IPermit2Full permit2 = Deploy.permit2();
        vm.prank(payer);
        token.approve(address(permit2), TOTAL);
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        vm.expectRevert(notExact);
        escrow.depositWithPermit2(terms, signature);
        vm.assertTrue(!escrow.status(escrow.escrowIdOf(terms)).deposited, "nothing deposited");
    }

    function test_a_token_that_returns_nothing_works() public {
        NoReturnToken asset = new NoReturnToken();
        terms.asset = address(asset);
        asset.mint(payer, TOTAL);
        vm.prank(payer);
        asset.approve(address(escrow), TOTAL);
        vm.prank(payer);
        escrow.deposit(terms);
        settle(60e6, 40e6);
        vm.assertEq(asset.balanceOf(merchant), 57_900_000);
        vm.assertEq(asset.balanceOf(payer), 40e6);
        vm.assertEq(asset.balanceOf(address(escrow)), 0);
        assertNothingWaits();
    }

    function test_a_token_that_gives_more_than_it_was_asked_for_is_refused() public {
        BonusToken asset = new BonusToken();
        terms.asset = address(asset);
        asset.mint(payer, TOTAL);
        vm.prank(payer);
        asset.approve(address(escrow), TOTAL);
        vm.expectRevert(
            abi.encodeWithSelector(IMarketEscrow.DepositNotExact.selector, address(asset), TOTAL, TOTAL + 1)
        );
        vm.prank(payer);
        escrow.deposit(terms);
    }

    function test_a_denylisted_receivers_share_waits_and_the_others_are_paid() public {
        DenylistToken asset = denylist();
        asset.deny(feeReceiver, true);
        bytes32 id = deposit();
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Claimable(id, address(asset), feeReceiver, 2_500_000);
        settle(TOTAL, 0);
        assertPaid(96_500_000, 0, 1_000_000, 0);
        vm.assertEq(escrow.claimable(address(asset), feeReceiver), 2_500_000);
    }

    function test_a_false_answer_is_a_failure_too() public {
        DenylistToken asset = denylist();
        asset.answerFalse(true);
        asset.deny(merchant, true);
        deposit();
        settle(TOTAL, 0);
        assertPaid(0, 2_500_000, 1_000_000, 0);
        vm.assertEq(escrow.claimable(address(asset), merchant), 96_500_000);
    }

    function test_a_denylisted_payers_money_waits_on_reclaim() public {
        DenylistToken asset = denylist();
        deposit();
        asset.deny(payer, true);
        vm.warp(STOP_DATE + 1);
        escrow.reclaim(terms);
        vm.assertEq(escrow.claimable(address(asset), payer), TOTAL);
    }

    function test_a_reentrant_token_gets_nowhere() public {
        ReentrantToken asset = new ReentrantToken();
        use(address(asset));
        deposit();
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        asset.attack(address(escrow), abi.encodeCall(escrow.settle, (terms, set, decided, signatures)));
        escrow.settle(terms, set, decided, signatures);
        vm.assertTrue(!asset.lastSuccess(), "the inner call failed");
        vm.assertEq(
            keccak256(asset.lastAnswer()),
            keccak256(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector))
        );
        assertPaid(96_500_000, 2_500_000, 1_000_000, 0);
    }

    function test_a_token_that_burns_all_gas_or_floods_the_answer_only_makes_its_own_shares_wait() public {
        WastefulToken asset = new WastefulToken();
        use(address(asset));
        deposit();
        asset.behave(true, false);
        settle(50e6, 0);
        asset.behave(false, true);
        settle(TOTAL, 0);
        vm.assertEq(escrow.claimable(address(asset), merchant), 96_500_000);
        asset.behave(false, false);
        escrow.claim(address(asset), merchant);
        vm.assertEq(asset.balanceOf(merchant), 96_500_000);
    }

    function test_a_caller_who_gives_too_little_gas_cannot_make_a_payout_wait() public {
        deposit();
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        bool paidOnce;
        for (uint256 gas = 20_000; gas < 500_000; gas += 5_000) {
            try escrow.settle{gas: gas}(terms, set, decided, signatures) {
                paidOnce = true;
                break;
            } catch {
                assertState(escrow.escrowIdOf(terms), 0, 0);
            }
        }
        vm.assertTrue(paidOnce, "enough gas pays");
        assertPaid(96_500_000, 2_500_000, 1_000_000, 0);
    }

    function test_a_token_that_moves_nothing_opens_no_escrow_whatever_it_answers() public {
        use(address(new IdleToken(true)));
        refusedAtDeposit(abi.encodeWithSelector(IMarketEscrow.DepositNotExact.selector, token, TOTAL, 0));
        use(address(new IdleToken(false)));
        refusedAtDeposit(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token));
    }

    function test_a_reentrant_token_cannot_count_one_transfer_for_two_deposits() public {
        ReentrantToken asset = new ReentrantToken();
        use(address(asset));
        token.mint(payer, 2 * TOTAL);
        vm.prank(payer);
        token.approve(address(escrow), 2 * TOTAL);
        EscrowTerms memory other = terms;
        other.salt = "other";
        asset.attack(address(escrow), abi.encodeCall(escrow.deposit, (other)));
        vm.prank(payer);
        escrow.deposit(terms);
        vm.assertEq(
            keccak256(asset.lastAnswer()),
            keccak256(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector))
        );
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_reentrant_token_finds_every_door_closed() public {
        ReentrantToken asset = new ReentrantToken();
        use(address(asset));
        bytes[] memory doors = new bytes[](10);
        doors[0] = abi.encodeCall(escrow.depositWithPermit, (terms, "", ""));
        doors[1] = abi.encodeCall(escrow.depositWithAuthorization, (terms, ""));
        doors[2] = abi.encodeCall(escrow.depositWithPermit2, (terms, ""));
        doors[3] = abi.encodeCall(escrow.payMerchant, (terms, 1, STOP_DATE, ""));
        doors[4] = abi.encodeCall(escrow.refundPayer, (terms, 1, STOP_DATE, ""));
        doors[5] = abi.encodeCall(escrow.split, (terms, 1, 1, STOP_DATE, "", ""));
        doors[6] = abi.encodeCall(escrow.reclaim, (terms));
        doors[7] = abi.encodeCall(escrow.claim, (address(asset), payer));
        doors[8] = abi.encodeCall(escrow.settle, (terms, set, entitlement(TOTAL, 0), new Signature[](0)));
        doors[9] =
            abi.encodeCall(escrow.settleBatch, (new EscrowTerms[](0), set, new Entitlement[](0), new Signature[](0)));
        for (uint256 i = 0; i < doors.length; i++) {
            asset.attack(address(escrow), doors[i]);
            terms.salt = bytes32(i + 1);
            deposit();
            vm.assertEq(
                keccak256(asset.lastAnswer()),
                keccak256(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector))
            );
        }
    }

    function test_a_paused_tokens_payouts_wait_and_its_deposits_are_refused() public {
        PausableToken asset = new PausableToken();
        use(address(asset));
        deposit();
        asset.pause(true);
        settle(50e6, 0);
        vm.assertEq(escrow.claimable(address(asset), merchant), 48_250_000);
        vm.assertEq(escrow.claimable(address(asset), feeReceiver), 1_250_000);
        vm.expectRevert("paused");
        escrow.claim(address(asset), merchant);
        terms.salt = "while paused";
        refusedAtDeposit(abi.encodeWithSignature("Error(string)", "paused"));
        asset.pause(false);
        escrow.claim(address(asset), merchant);
        vm.assertEq(asset.balanceOf(merchant), 48_250_000);
    }

    function test_what_a_rebasing_token_loses_is_lost_by_its_own_escrows_only() public {
        deposit();
        (IToken sound, EscrowTerms memory soundTerms) = (token, terms);
        RebasingToken asset = new RebasingToken();
        use(address(asset));
        deposit();
        asset.rebase(50);
        // half is there, so the merchant's share can't be delivered whole: it waits, and the fee is paid
        settle(TOTAL, 0);
        vm.assertEq(escrow.claimable(address(asset), merchant), 96_500_000);
        vm.assertEq(asset.balanceOf(feeReceiver), 2_500_000);

        (token, terms) = (sound, soundTerms);
        settle(TOTAL, 0);
        assertPaid(96_500_000, 2_500_000, 1_000_000, 0);
    }

    function refusedAtDeposit(bytes memory reason) private {
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        vm.expectRevert(reason);
        vm.prank(payer);
        escrow.deposit(terms);
    }

    function denylist() private returns (DenylistToken asset) {
        asset = new DenylistToken();
        use(address(asset));
    }

    function use(address asset) private {
        token = IToken(asset);
        terms.asset = asset;
    }
}
