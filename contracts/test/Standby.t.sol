// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttestedByQuorum} from "../src/AttestedByQuorum.sol";
import {Entitlement, Signature} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {Quorum} from "../src/Quorum.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract StandbyTest is MarketTest {
    bytes32 private hash;
    Entitlement private decided;
    Signature[] private signatures;

    function setUp() public override {
        super.setUp();
        deposit();
        decided = entitlement(TOTAL, 0);
        hash = digestOf(decided);
        Signature[] memory signed = signAll(hash, PLATFORM_KEY, STANDBY_KEY);
        for (uint256 i; i < signed.length; ++i) {
            signatures.push(signed[i]);
        }
    }

    function test_a_delivered_merchant_is_paid_by_the_standby_after_the_delay() public {
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.StandbyAnnounced(terms.attesters, hash, NOW + STANDBY_DELAY);
        escrow.announceStandby(set, hash, signatures);
        vm.warp(NOW + STANDBY_DELAY);
        escrow.settle(terms, set, decided, signatures);
        assertState(escrow.escrowIdOf(terms), TOTAL, 0);
    }

    function test_the_standby_is_not_bound_to_the_delays_last_second() public {
        escrow.announceStandby(set, hash, signatures);
        vm.warp(NOW + STANDBY_DELAY + 1);
        escrow.settle(terms, set, decided, signatures);
        assertState(escrow.escrowIdOf(terms), TOTAL, 0);
        assertNothingWaits();
    }

    function test_the_standby_counts_for_nothing_without_an_announcement() public {
        vm.expectRevert(abi.encodeWithSelector(AttestedByQuorum.StandbyNotAnnounced.selector, hash));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_the_standby_counts_for_nothing_before_the_delay_is_over() public {
        escrow.announceStandby(set, hash, signatures);
        vm.warp(NOW + STANDBY_DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(AttestedByQuorum.StandbyNotUsable.selector, hash, NOW + STANDBY_DELAY));
        escrow.settle(terms, set, decided, signatures);
    }

    function test_announcing_again_neither_shortens_nor_lengthens_the_delay() public {
        escrow.announceStandby(set, hash, signatures);
        vm.warp(NOW + 1 days);
        escrow.announceStandby(set, hash, signatures);
        vm.assertEq(escrow.standbyUsableFrom(terms.attesters, hash), NOW + STANDBY_DELAY);
    }

    function test_an_announcement_needs_the_quorums_signatures() public {
        Signature[] memory alone = new Signature[](1);
        alone[0] = compact(STANDBY_KEY, hash);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumNotReached.selector, 1, 2));
        escrow.announceStandby(set, hash, alone);
        Signature[] memory withoutStandby = signAll(hash, PLATFORM_KEY, MERCHANTS_KEY);
        vm.expectRevert(abi.encodeWithSelector(Quorum.RequiredAttesterMissing.selector, set.required));
        escrow.announceStandby(set, hash, withoutStandby);
    }

    function test_an_announcement_counts_for_its_own_message_and_set_only() public {
        escrow.announceStandby(set, hash, signatures);
        vm.warp(NOW + STANDBY_DELAY);
        Entitlement memory other = entitlement(TOTAL - 1, 0);
        bytes32 otherHash = digestOf(other);
        Signature[] memory otherSignatures = signAll(otherHash, PLATFORM_KEY, STANDBY_KEY);
        vm.expectRevert(abi.encodeWithSelector(AttestedByQuorum.StandbyNotAnnounced.selector, otherHash));
        escrow.settle(terms, set, other, otherSignatures);
    }

    function test_a_living_required_attester_can_object_before_and_after_the_announcement() public {
        escrow.announceStandby(set, hash, signatures);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.StandbyObjected(terms.attesters, hash);
        escrow.objectToStandby(set, hash, objection(AUDIT_KEY));
        vm.warp(NOW + 100 days);
        vm.expectRevert(abi.encodeWithSelector(AttestedByQuorum.StandbyNotUsable.selector, hash, type(uint256).max));
        escrow.settle(terms, set, decided, signatures);
        escrow.announceStandby(set, hash, signatures);
        vm.assertEq(escrow.standbyUsableFrom(terms.attesters, hash), type(uint256).max);
    }

    function test_an_objection_does_not_bind_the_required_attester_itself() public {
        escrow.objectToStandby(set, hash, objection(AUDIT_KEY));
        escrow.settle(terms, set, decided, signAll(hash, PLATFORM_KEY, AUDIT_KEY));
        assertState(escrow.escrowIdOf(terms), TOTAL, 0);
    }

    function test_nobody_else_can_object() public {
        bytes memory signature = objection(STANDBY_KEY);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, set.required));
        escrow.objectToStandby(set, hash, signature);
    }

    function test_the_standby_works_for_batches_too() public {
        Entitlement[] memory list = new Entitlement[](0);
        bytes32 batch = escrow.batchDigest(new bytes32[](0), list);
        Signature[] memory batchSignatures = signAll(batch, MERCHANTS_KEY, STANDBY_KEY);
        escrow.announceStandby(set, batch, batchSignatures);
        vm.assertEq(escrow.standbyUsableFrom(terms.attesters, batch), NOW + STANDBY_DELAY);
    }

    function objection(uint256 key) private view returns (bytes memory) {
        bytes32 typeHash = keccak256("StandbyObjection(bytes32 attesters,bytes32 digest)");
        return sign(key, digest(escrow, keccak256(abi.encode(typeHash, terms.attesters, hash))));
    }
}
