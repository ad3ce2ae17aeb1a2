// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowTerms, Refusal} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {Quorum} from "../src/Quorum.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract SettleBatchTest is MarketTest {
    uint256 private constant SIZE = 3;

    EscrowTerms[] private batchTerms;
    Entitlement[] private decided;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < SIZE; ++i) {
            terms.salt = keccak256(abi.encode(i));
            deposit();
            batchTerms.push(terms);
            decided.push(entitlement(10e6, 0));
        }
    }

    function test_one_quorum_pays_all() public {
        escrow.settleBatch(batchTerms, set, decided, signed(AUDIT_KEY));
        for (uint256 i; i < SIZE; ++i) {
            assertState(decided[i].escrowId, 10e6, 0);
        }
        assertPaid(28_950_000, 750_000, 300_000, 0);
    }

    function test_a_batch_needs_the_required_attester_too() public {
        bytes[] memory signatures = signed(MERCHANTS_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.RequiredAttesterMissing.selector, set.required));
        escrow.settleBatch(batchTerms, set, decided, signatures);
    }

    function test_an_entry_overtaken_by_a_direct_payout_is_skipped_and_holds_up_no_other() public {
        terms = batchTerms[1];
        escrow.payMerchant(terms, 11e6, VALID_UNTIL, signPayMerchant(PAYER_KEY, 11e6, 0));
        bytes[] memory signatures = signed(AUDIT_KEY);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.EntitlementSkipped(decided[1].escrowId, decided[1].decision, Refusal.Decrease);
        escrow.settleBatch(batchTerms, set, decided, signatures);
        assertState(decided[0].escrowId, 10e6, 0);
        assertState(decided[1].escrowId, 11e6, 0);
        assertState(decided[2].escrowId, 10e6, 0);
    }

    function test_sending_it_again_does_nothing() public {
        escrow.settleBatch(batchTerms, set, decided, signed(AUDIT_KEY));
        vm.recordLogs();
        escrow.settleBatch(batchTerms, set, decided, signed(AUDIT_KEY));
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_two_entries_about_one_escrow_pay_it_once() public {
        batchTerms[1] = batchTerms[0];
        decided[1] = decided[0];
        escrow.settleBatch(batchTerms, set, decided, signed(AUDIT_KEY));
        assertState(decided[0].escrowId, 10e6, 0);
        vm.assertEq(token.balanceOf(feeReceiver), 500_000);
    }

    function test_a_list_that_was_not_signed_is_refused() public {
        bytes[] memory signatures = signed(AUDIT_KEY);
        decided.pop();
        batchTerms.pop();
        try escrow.settleBatch(batchTerms, set, decided, signatures) {
            revert("paid");
        } catch (bytes memory reason) {
            vm.assertEq(bytes32(bytes4(reason)), bytes32(Quorum.NotAnAttester.selector));
        }
    }

    function test_terms_that_do_not_belong_to_their_entry_are_refused() public {
        bytes[] memory signatures = signed(AUDIT_KEY);
        batchTerms[0] = batchTerms[1];
        vm.expectRevert(
            abi.encodeWithSelector(IMarketEscrow.WrongEscrow.selector, decided[1].escrowId, decided[0].escrowId)
        );
        escrow.settleBatch(batchTerms, set, decided, signatures);
        batchTerms.pop();
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.LengthMismatch.selector, 2, 3));
        escrow.settleBatch(batchTerms, set, decided, signatures);
    }

    function signed(uint256 secondKey) private view returns (bytes[] memory) {
        return signAll(escrow.batchDigest(decided), PLATFORM_KEY, secondKey);
    }
}
