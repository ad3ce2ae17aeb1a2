// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStates} from "../src/EscrowState.sol";
import {Refusal} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {ContractWallet} from "./support/ContractWallet.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract PayMerchantTest is MarketTest {
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        id = deposit();
    }

    function test_the_payers_word_pays_the_merchants_side() public {
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.PaidDirect(id, 40e6, 38_600_000, 1_000_000, 400_000);
        pay(40e6, 0);
        assertPaid(38_600_000, 1_000_000, 400_000, 0);
        vm.assertEq(escrow.status(id).payerNonce, 1);
        vm.assertEq(escrow.status(id).merchantNonce, 0);
    }

    function test_amounts_are_cumulative_with_what_a_quorum_paid() public {
        settle(30e6, 10e6);
        pay(40e6, 0);
        assertState(id, 40e6, 10e6);
        assertPaid(38_600_000, 1_000_000, 400_000, 10e6);
    }

    function test_a_signature_counts_once() public {
        pay(40e6, 0);
        bytes memory used = signPayMerchant(PAYER_KEY, 50e6, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.payMerchant(terms, 50e6, VALID_UNTIL, used);
        pay(50e6, 1);
        assertState(id, 50e6, 0);
    }

    function test_nobody_else_can_sign_for_the_payer() public {
        bytes memory signature = signPayMerchant(MERCHANT_KEY, TOTAL, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.payMerchant(terms, TOTAL, VALID_UNTIL, signature);
    }

    function test_another_amount_or_time_than_signed_is_refused() public {
        bytes memory signature = signPayMerchant(PAYER_KEY, 40e6, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.payMerchant(terms, 41e6, VALID_UNTIL, signature);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.payMerchant(terms, 40e6, VALID_UNTIL + 1, signature);
    }

    function test_what_cannot_be_paid_is_refused_by_its_reason() public {
        settle(30e6, 20e6);
        refused(29e6, Refusal.Decrease);
        refused(30e6, Refusal.NothingNew);
        refused(81e6, Refusal.OverTotal);
        vm.warp(VALID_UNTIL + 1);
        refused(40e6, Refusal.Expired);
    }

    function test_a_contract_wallet_can_sign() public {
        ContractWallet wallet = new ContractWallet(vm.addr(PAYER_KEY));
        token.mint(payer, TOTAL);
        terms.payer = address(wallet);
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        vm.prank(payer);
        escrow.deposit(terms);
        bytes memory signature = signPayMerchant(PAYER_KEY, TOTAL, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, wallet));
        escrow.payMerchant(terms, TOTAL, VALID_UNTIL, signature);
        escrow.payMerchant(terms, TOTAL, VALID_UNTIL, bytes.concat(signature, "wallet"));
        assertState(escrow.escrowIdOf(terms), TOTAL, 0);
    }

    function test_nonces_end_and_the_quorum_goes_on() public {
        for (uint8 nonce; nonce < EscrowStates.LAST_NONCE; ++nonce) {
            pay(uint120(nonce) + 1, nonce);
        }
        bytes memory signature = signPayMerchant(PAYER_KEY, TOTAL, EscrowStates.LAST_NONCE);
        vm.expectRevert(abi.encodeWithSelector(EscrowStates.NoncesUsedUp.selector, id));
        escrow.payMerchant(terms, TOTAL, VALID_UNTIL, signature);
        settle(TOTAL, 0);
        assertState(id, TOTAL, 0);
        vm.assertEq(escrow.status(id).merchantNonce, 0);
    }

    function pay(uint120 merchantGross, uint8 nonce) private {
        bytes memory signature = signPayMerchant(PAYER_KEY, merchantGross, nonce);
        vm.prank(anyone);
        escrow.payMerchant(terms, merchantGross, VALID_UNTIL, signature);
    }

    function refused(uint120 merchantGross, Refusal reason) private {
        bytes memory signature = signPayMerchant(PAYER_KEY, merchantGross, 0);
        expectRefusal(id, reason, 30e6, 20e6);
        escrow.payMerchant(terms, merchantGross, VALID_UNTIL, signature);
    }
}
