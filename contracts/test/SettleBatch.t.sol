// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowTerms, Refusal, Signature} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {Quorum} from "../src/Quorum.sol";
import {IToken} from "./support/Deploy.sol";
import {DenylistToken} from "./support/HostileTokens.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract SettleBatchTest is MarketTest {
    uint256 private constant SIZE = 3;

    EscrowTerms[] private batchTerms;
    Entitlement[] private decided;
    bytes32[] private ids;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < SIZE; ++i) {
            terms.salt = keccak256(abi.encode(i));
            deposit();
            batchTerms.push(terms);
            decided.push(entitlement(10e6, 0));
            ids.push(escrow.escrowIdOf(terms));
        }
    }

    function test_one_quorum_pays_all() public {
        escrow.settleBatch(batchTerms, set, decided, signed(AUDIT_KEY));
        for (uint256 i; i < SIZE; ++i) {
            assertState(ids[i], 10e6, 0);
        }
        assertPaid(28_950_000, 750_000, 300_000, 0);
    }

    function test_a_batch_needs_the_required_attester_too() public {
        Signature[] memory signatures = signed(MERCHANTS_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.RequiredAttesterMissing.selector, set.required));
        escrow.settleBatch(batchTerms, set, decided, signatures);
    }

    function test_an_entry_overtaken_by_a_direct_payout_is_skipped_and_holds_up_no_other() public {
        terms = batchTerms[1];
        escrow.payMerchant(terms, 11e6, VALID_UNTIL, signPayMerchant(PAYER_KEY, 11e6, 0));
        Signature[] memory signatures = signed(AUDIT_KEY);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.EntitlementSkipped(ids[1], decided[1].decision, Refusal.Decrease);
        escrow.settleBatch(batchTerms, set, decided, signatures);
        assertState(ids[0], 10e6, 0);
        assertState(ids[1], 11e6, 0);
        assertState(ids[2], 10e6, 0);
    }

    function test_fees_that_cannot_be_delivered_wait_together_and_hold_up_nobody() public {
        DenylistToken asset = new DenylistToken();
        (token, terms.asset) = (IToken(address(asset)), address(asset));
        asset.deny(feeReceiver, true);
        for (uint256 i; i < SIZE; ++i) {
            terms.salt = keccak256(abi.encode("denied", i));
            // the last one's fee is somebody else's
            if (i == SIZE - 1) terms.feeReceiver = anyone;
            deposit();
            (batchTerms[i], ids[i]) = (terms, escrow.escrowIdOf(terms));
        }
        Signature[] memory signatures = signed(AUDIT_KEY);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Claimable(bytes32(0), address(asset), feeReceiver, 500_000);
        escrow.settleBatch(batchTerms, set, decided, signatures);
        vm.assertEq(escrow.claimable(address(asset), feeReceiver), 500_000);
        vm.assertEq(asset.balanceOf(anyone), 250_000);
        vm.assertEq(asset.balanceOf(merchant), 28_950_000);
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
        ids[1] = ids[0];
        escrow.settleBatch(batchTerms, set, decided, signed(AUDIT_KEY));
        assertState(ids[0], 10e6, 0);
        vm.assertEq(token.balanceOf(feeReceiver), 500_000);
    }

    function test_a_list_that_was_not_signed_is_refused() public {
        Signature[] memory signatures = signed(AUDIT_KEY);
        decided.pop();
        batchTerms.pop();
        refusedAsUnsigned(signatures);
    }

    function test_terms_that_do_not_belong_to_their_entry_are_refused() public {
        Signature[] memory signatures = signed(AUDIT_KEY);
        batchTerms[0] = batchTerms[1];
        refusedAsUnsigned(signatures);
        batchTerms.pop();
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.LengthMismatch.selector, 2, 3));
        escrow.settleBatch(batchTerms, set, decided, signatures);
    }

    function test_escrows_and_entitlements_come_in_pairs() public {
        Signature[] memory signatures = signed(AUDIT_KEY);
        decided.pop();
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.LengthMismatch.selector, 3, 2));
        escrow.settleBatch(batchTerms, set, decided, signatures);
        decided.push(entitlement(10e6, 0));
        ids.pop();
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.LengthMismatch.selector, 2, 3));
        escrow.batchDigest(ids, decided);
    }

    /// @dev Somebody's own attesters sign well, for their own escrow and for two that never named them.
    function test_a_quorum_pays_only_the_escrows_that_name_it() public {
        bytes32 named = terms.attesters;
        set.members = [vm.addr(STRANGER_KEY)];
        set.required = vm.addr(MERCHANTS_KEY);
        bytes32 own = escrow.attestersOf(set);
        (terms.attesters, terms.salt) = (own, "own");
        deposit();
        (batchTerms[0], ids[0]) = (terms, escrow.escrowIdOf(terms));
        Signature[] memory signatures = signAll(escrow.batchDigest(ids, decided), STRANGER_KEY, MERCHANTS_KEY);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.WrongAttesters.selector, named, own));
        escrow.settleBatch(batchTerms, set, decided, signatures);
        assertState(ids[0], 0, 0);
        assertState(ids[1], 0, 0);
    }

    /// @dev The digest is another one, so whoever it recovers to is nobody.
    function refusedAsUnsigned(Signature[] memory signatures) private {
        try escrow.settleBatch(batchTerms, set, decided, signatures) {
            revert("paid");
        } catch (bytes memory reason) {
            vm.assertEq(bytes32(bytes4(reason)), bytes32(Quorum.NotAnAttester.selector));
        }
    }

    function signed(uint256 secondKey) private view returns (Signature[] memory) {
        return signAll(escrow.batchDigest(ids, decided), PLATFORM_KEY, secondKey);
    }
}
