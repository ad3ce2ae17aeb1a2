// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowStatus, Refusal, Signature} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {Quorum} from "../src/Quorum.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract SettleTest is MarketTest {
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        id = deposit();
    }

    function test_a_delivered_consignment_pays_merchant_fee_and_referral() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Settled(
            id, decided.decision, TOTAL, 0, 96_500_000, 2_500_000, 1_000_000, 0
        );
        vm.prank(anyone);
        escrow.settle(terms, set, decided, signatures);
        assertPaid(96_500_000, 2_500_000, 1_000_000, 0);
        assertState(id, TOTAL, 0);
    }

    function test_a_refund_pays_the_payer_and_no_fee() public {
        settle(0, 40e6);
        assertPaid(0, 0, 0, 40e6);
        EscrowStatus memory status = escrow.status(id);
        vm.assertTrue(status.refunded && !status.voided && !status.reclaimed, "refunded");
    }

    function test_giving_everything_back_before_anything_was_paid_voids() public {
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Voided(id, TOTAL);
        settle(0, TOTAL);
        assertPaid(0, 0, 0, TOTAL);
        vm.assertTrue(escrow.status(id).voided, "voided");
    }

    function test_refunding_the_rest_after_a_part_does_not_void() public {
        settle(0, 1);
        settle(0, TOTAL);
        vm.assertTrue(!escrow.status(id).voided, "not voided");
    }

    function test_later_entitlements_pay_the_differences() public {
        settle(30e6, 0);
        settle(30e6, 50e6);
        settle(50e6, 50e6);
        assertPaid(48_250_000, 1_250_000, 500_000, 50e6);
        vm.assertEq(token.balanceOf(address(escrow)), 0);
    }

    function test_sending_it_again_does_nothing() public {
        settle(30e6, 20e6);
        vm.recordLogs();
        settle(30e6, 20e6);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        assertState(id, 30e6, 20e6);
        vm.assertEq(token.balanceOf(address(escrow)), 50e6);
    }

    function test_an_earlier_one_after_a_later_one_is_refused() public {
        settle(30e6, 20e6);
        refused(entitlement(29e6, 20e6), Refusal.Decrease, 30e6, 20e6);
        refused(entitlement(30e6, 19e6), Refusal.Decrease, 30e6, 20e6);
        // not even when the other amount rises
        refused(entitlement(80e6, 19e6), Refusal.Decrease, 30e6, 20e6);
    }

    function test_more_than_the_total_is_refused() public {
        refused(entitlement(TOTAL, 1), Refusal.OverTotal, 0, 0);
        refused(entitlement(type(uint120).max, type(uint120).max), Refusal.OverTotal, 0, 0);
    }

    function test_it_expires_after_validUntil() public {
        vm.warp(VALID_UNTIL);
        settle(1e6, 0);
        vm.warp(VALID_UNTIL + 1);
        refused(entitlement(2e6, 0), Refusal.Expired, 1e6, 0);
    }

    function test_nothing_is_paid_without_a_deposit() public {
        terms.salt = "other";
        Entitlement memory decided = entitlement(1, 0);
        refused(decided, Refusal.NotDeposited, 0, 0);
    }

    function test_platform_and_merchants_cannot_pay_themselves_without_audit() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        bytes32 hash = digestOf(decided);
        Signature[] memory signatures = signAll(hash, PLATFORM_KEY, MERCHANTS_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.RequiredAttesterMissing.selector, set.required));
        escrow.settle(terms, set, decided, signatures);
        assertPaid(0, 0, 0, 0);

        escrow.settle(terms, set, decided, signAll(hash, MERCHANTS_KEY, AUDIT_KEY));
        assertState(id, TOTAL, 0);
    }

    function test_audit_cannot_decide_alone() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = new Signature[](1);
        signatures[0] = compact(AUDIT_KEY, digestOf(decided));
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumNotReached.selector, 1, 2));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_audit_and_its_standby_count_as_one() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), AUDIT_KEY, STANDBY_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumNotReached.selector, 1, 2));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_signing_twice_counts_once() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), AUDIT_KEY, AUDIT_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.SignersNotAscending.selector, set.required, set.required));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_strangers_and_other_messages_are_refused() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = new Signature[](1);
        signatures[0] = compact(STRANGER_KEY, digestOf(decided));
        vm.expectRevert(abi.encodeWithSelector(Quorum.NotAnAttester.selector, vm.addr(STRANGER_KEY)));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_an_entitlement_to_another_escrow_is_refused() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        terms.salt = "other";
        // the digest is another one, so whoever it recovers to is nobody
        try escrow.settle(terms, set, decided, signatures) {
            revert("paid");
        } catch (bytes memory reason) {
            vm.assertEq(bytes32(bytes4(reason)), bytes32(Quorum.NotAnAttester.selector));
        }
    }

    function test_a_set_that_the_terms_do_not_name_is_refused() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        set.required = vm.addr(PLATFORM_KEY);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, MERCHANTS_KEY);
        bytes32 other = escrow.attestersOf(set);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.WrongAttesters.selector, terms.attesters, other));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_a_set_whose_required_member_could_decide_alone_never_decides() public {
        set.threshold = 1;
        terms.attesters = escrow.attestersOf(set);
        deposit();
        Entitlement memory decided = entitlement(TOTAL, 0);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.ThresholdTooLow.selector, 1));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_more_signatures_than_are_needed_are_no_hindrance() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        uint256[] memory keys = new uint256[](3);
        (keys[0], keys[1], keys[2]) = (PLATFORM_KEY, MERCHANTS_KEY, AUDIT_KEY);
        escrow.settle(terms, set, decided, signAll(digestOf(decided), keys));
        assertState(escrow.escrowIdOf(terms), TOTAL, 0);
        assertNothingWaits();
    }

    function test_no_set_decides_by_fewer_than_two() public {
        Entitlement memory decided = entitlement(TOTAL, 0);
        for (uint256 threshold; threshold < 2; ++threshold) {
            set.threshold = uint8(threshold);
            terms.attesters = escrow.attestersOf(set);
            deposit();
            Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
            vm.expectRevert(abi.encodeWithSelector(Quorum.ThresholdTooLow.selector, threshold));
            escrow.settle(terms, set, decided, signatures);
        }
    }

    function test_a_set_decides_nothing_for_escrows_that_name_another() public {
        bytes32[2] memory others = [bytes32(uint256(1)), bytes32(type(uint256).max)];
        bytes32 own = terms.attesters;
        for (uint256 i; i < others.length; ++i) {
            terms.attesters = others[i];
            deposit();
            Entitlement memory decided = entitlement(TOTAL, 0);
            Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
            vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.WrongAttesters.selector, others[i], own));
            escrow.settle(terms, set, decided, signatures);
        }
    }

    function test_three_of_three_can_be_asked_for() public {
        set.threshold = 3;
        terms.attesters = escrow.attestersOf(set);
        deposit();
        Entitlement memory decided = entitlement(TOTAL, 0);
        bytes32 hash = digestOf(decided);
        Signature[] memory two = signAll(hash, PLATFORM_KEY, AUDIT_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumNotReached.selector, 2, 3));
        escrow.settle(terms, set, decided, two);
        uint256[] memory keys = new uint256[](3);
        (keys[0], keys[1], keys[2]) = (PLATFORM_KEY, MERCHANTS_KEY, AUDIT_KEY);
        escrow.settle(terms, set, decided, signAll(hash, keys));
        assertState(escrow.escrowIdOf(terms), TOTAL, 0);
    }

    function testFuzz_any_sequence_pays_exactly_what_is_decided(uint120[4] memory steps, uint16 feeBps, uint16 refBps)
        public
    {
        terms.feeBps = feeBps % 5_000;
        terms.referralBps = refBps % 5_000;
        terms.salt = "fuzz";
        deposit();
        (uint120 gross, uint120 back) = (0, 0);
        for (uint256 i; i < steps.length; ++i) {
            uint120 rest = TOTAL - gross - back;
            uint120 part = steps[i] % (rest + 1);
            // a step of a single unit can round both shares up at once: its own test is in Division.t.sol
            if (part == 1) part = 0;
            if (i % 2 == 0) gross += part;
            else back += part;
            settle(gross, back);
        }
        uint256 fee = uint256(gross) * terms.feeBps / 10_000;
        uint256 referral = uint256(gross) * terms.referralBps / 10_000;
        assertPaid(gross - fee - referral, fee, referral, back);
        vm.assertEq(token.balanceOf(address(escrow)), 2 * TOTAL - gross - back);
    }

    function refused(Entitlement memory decided, Refusal reason, uint256 gross, uint256 back) private {
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        expectRefusal(escrow.escrowIdOf(terms), reason, gross, back);
        escrow.settle(terms, set, decided, signatures);
    }
}
