// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowTerms} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

/// @notice The contract hashes calldata as it came; these hash member by member, as EIP-712 says.
contract EscrowHashesTest is MarketTest {
    /// @dev Bits of each word of `EscrowTerms`; where its type leaves some free, others could hide in them.
    uint16[13] private bits = [256, 160, 160, 160, 160, 160, 120, 48, 48, 16, 16, 256, 256];

    function testFuzz_an_escrows_id_is_the_hash_of_its_terms(EscrowTerms calldata any) public view {
        bytes32 structHash = keccak256(abi.encode(TERMS_TYPE, any));
        vm.assertEq(escrow.escrowIdOf(any), keccak256(abi.encode(block.chainid, address(escrow), structHash)));
    }

    function testFuzz_an_entitlements_digest_is_that_of_its_type(Entitlement calldata any) public view {
        vm.assertEq(escrow.entitlementDigest(escrow.escrowIdOf(terms), any), digestOf(any));
    }

    function testFuzz_a_batchs_digest_is_that_of_its_type(Entitlement[3] calldata any) public {
        bytes32[] memory ids = new bytes32[](3);
        bytes32[] memory hashes = new bytes32[](3);
        Entitlement[] memory decided = new Entitlement[](3);
        for (uint256 i; i < 3; ++i) {
            terms.salt = bytes32(i);
            (ids[i], decided[i]) = (escrow.escrowIdOf(terms), any[i]);
            hashes[i] = structHashOf(any[i]);
        }
        bytes32 typeHash = keccak256(
            "EntitlementBatch(Entitlement[] entitlements)Entitlement(bytes32 escrowId,bytes32 ledgerId,bytes32 decision,uint120 merchantGross,uint120 payerAmount,uint48 validUntil)"
        );
        bytes32 expected = digest(escrow, keccak256(abi.encode(typeHash, keccak256(abi.encodePacked(hashes)))));
        vm.assertEq(escrow.batchDigest(ids, decided), expected);
    }

    function test_a_batch_of_more_escrows_than_entitlements_has_no_digest() public {
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.LengthMismatch.selector, 2, 1));
        escrow.batchDigest(new bytes32[](2), new Entitlement[](1));
    }

    function test_terms_with_bits_beyond_their_types_are_deposited_on_by_nobody() public {
        token.mint(anyone, 10 * TOTAL);
        vm.prank(anyone);
        token.approve(address(escrow), 10 * TOTAL);
        bytes memory good = abi.encodeCall(escrow.deposit, (terms));
        for (uint256 i; i < bits.length; ++i) {
            if (bits[i] == 256) continue;
            bytes memory call = bytes.concat(good);
            // the lowest bit that does not belong to the member
            call[4 + 32 * i + 31 - bits[i] / 8] = 0x01;
            vm.prank(anyone);
            (bool deposited,) = address(escrow).call(call);
            vm.assertTrue(!deposited, "refused");
        }
        vm.prank(anyone);
        (bool clean,) = address(escrow).call(good);
        vm.assertTrue(clean, "the same without them");
    }

    function test_a_batch_whose_arrays_lie_elsewhere_in_calldata_means_the_same() public {
        deposit();
        (EscrowTerms[] memory list, Entitlement[] memory decided) = (new EscrowTerms[](1), new Entitlement[](1));
        bytes32[] memory ids = new bytes32[](1);
        (list[0], decided[0], ids[0]) = (terms, entitlement(TOTAL, 0), escrow.escrowIdOf(terms));
        bytes memory arguments =
            abi.encode(list, set, decided, signAll(escrow.batchDigest(ids, decided), PLATFORM_KEY, AUDIT_KEY));
        // a word of nothing between the four offsets and what they point to
        bytes memory moved = new bytes(arguments.length + 32);
        for (uint256 i; i < arguments.length; ++i) {
            moved[i < 128 ? i : i + 32] = arguments[i];
        }
        for (uint256 i; i < 4; ++i) {
            uint256 byte0 = 32 * i + 30;
            uint256 offset = uint256(uint8(moved[byte0])) * 256 + uint8(moved[byte0 + 1]) + 32;
            (moved[byte0], moved[byte0 + 1]) = (bytes1(uint8(offset >> 8)), bytes1(uint8(offset)));
        }
        (bool settled,) = address(escrow).call(bytes.concat(escrow.settleBatch.selector, moved));
        vm.assertTrue(settled, "settled");
        assertState(ids[0], TOTAL, 0);
    }
}
