// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStates} from "../src/EscrowState.sol";
import {EscrowStatus, Refusal} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract RefundPayerTest is MarketTest {
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        id = deposit();
    }

    function test_the_merchants_word_pays_the_payer_and_no_fee() public {
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.RefundedDirect(id, 40e6, 40e6);
        refund(40e6, 0);
        assertPaid(0, 0, 0, 40e6);
        EscrowStatus memory status = escrow.status(id);
        vm.assertTrue(status.refunded && !status.voided, "refunded");
        vm.assertEq(status.merchantNonce, 1);
        vm.assertEq(status.payerNonce, 0);
    }

    function test_refunding_everything_directly_is_a_refund_and_not_a_void() public {
        refund(TOTAL, 0);
        EscrowStatus memory status = escrow.status(id);
        vm.assertTrue(status.refunded && !status.voided, "refunded");
    }

    function test_a_signature_counts_once() public {
        refund(40e6, 0);
        bytes memory used = signRefundPayer(MERCHANT_KEY, 50e6, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, merchant));
        escrow.refundPayer(terms, 50e6, VALID_UNTIL, used);
        refund(50e6, 1);
    }

    function test_the_payer_cannot_refund_itself() public {
        bytes memory signature = signRefundPayer(PAYER_KEY, TOTAL, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, merchant));
        escrow.refundPayer(terms, TOTAL, VALID_UNTIL, signature);
    }

    function test_a_refund_after_everything_was_released_is_refused() public {
        settle(TOTAL, 0);
        bytes memory signature = signRefundPayer(MERCHANT_KEY, 1, 0);
        expectRefusal(id, Refusal.OverTotal, TOTAL, 0);
        escrow.refundPayer(terms, 1, VALID_UNTIL, signature);
    }

    function test_nonces_end_and_the_quorum_goes_on() public {
        for (uint8 nonce; nonce < EscrowStates.LAST_NONCE; ++nonce) {
            refund(uint120(nonce) + 1, nonce);
        }
        bytes memory signature = signRefundPayer(MERCHANT_KEY, TOTAL, EscrowStates.LAST_NONCE);
        vm.expectRevert(abi.encodeWithSelector(EscrowStates.NoncesUsedUp.selector, id));
        escrow.refundPayer(terms, TOTAL, VALID_UNTIL, signature);
        settle(0, TOTAL);
        assertState(id, 0, TOTAL);
        vm.assertEq(escrow.status(id).payerNonce, 0);
    }

    function refund(uint120 payerAmount, uint8 nonce) private {
        bytes memory signature = signRefundPayer(MERCHANT_KEY, payerAmount, nonce);
        vm.prank(anyone);
        escrow.refundPayer(terms, payerAmount, VALID_UNTIL, signature);
    }
}
