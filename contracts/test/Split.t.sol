// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Refusal} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

contract SplitTest is MarketTest {
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        id = deposit();
    }

    function test_both_words_divide_the_escrow() public {
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.SplitDirect(id, 60e6, 40e6, 57_900_000, 1_500_000, 600_000, 40e6);
        split(60e6, 40e6, 0, 0);
        assertPaid(57_900_000, 1_500_000, 600_000, 40e6);
        vm.assertEq(escrow.status(id).payerNonce, 1);
        vm.assertEq(escrow.status(id).merchantNonce, 1);
    }

    function test_nonces_of_both_parties_are_their_own() public {
        escrow.payMerchant(terms, 10e6, VALID_UNTIL, signPayMerchant(PAYER_KEY, 10e6, 0));
        escrow.payMerchant(terms, 20e6, VALID_UNTIL, signPayMerchant(PAYER_KEY, 20e6, 1));
        escrow.refundPayer(terms, 5e6, VALID_UNTIL, signRefundPayer(MERCHANT_KEY, 5e6, 0));
        split(60e6, 40e6, 2, 1);
        assertState(id, 60e6, 40e6);
    }

    function test_one_word_is_not_enough() public {
        bytes memory payers = signSplit(PAYER_KEY, 60e6, 40e6, 0, 0);
        bytes memory merchants = signSplit(MERCHANT_KEY, 60e6, 40e6, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, merchant));
        escrow.split(terms, 60e6, 40e6, VALID_UNTIL, payers, payers);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.split(terms, 60e6, 40e6, VALID_UNTIL, merchants, merchants);
    }

    function test_a_split_over_the_total_is_refused() public {
        bytes memory payers = signSplit(PAYER_KEY, TOTAL, 1, 0, 0);
        bytes memory merchants = signSplit(MERCHANT_KEY, TOTAL, 1, 0, 0);
        expectRefusal(id, Refusal.OverTotal, 0, 0);
        escrow.split(terms, TOTAL, 1, VALID_UNTIL, payers, merchants);
    }

    function testFuzz_any_split_is_conserved(uint120 gross, uint120 back, uint16 feeBps, uint16 referralBps) public {
        terms.feeBps = feeBps % 10_001;
        terms.referralBps = referralBps % (10_001 - terms.feeBps);
        terms.salt = "fuzz";
        deposit();
        gross %= TOTAL + 1;
        back %= TOTAL + 1 - gross;
        vm.assume(gross + back != 0);
        split(gross, back, 0, 0);
        uint256 fee = uint256(gross) * terms.feeBps / 10_000;
        uint256 referral = uint256(gross) * terms.referralBps / 10_000;
        assertPaid(gross - fee - referral, fee, referral, back);
        vm.assertEq(token.balanceOf(address(escrow)), 2 * TOTAL - gross - back);
    }

    function split(uint120 gross, uint120 back, uint8 payerNonce, uint8 merchantNonce) private {
        bytes memory payers = signSplit(PAYER_KEY, gross, back, payerNonce, merchantNonce);
        bytes memory merchants = signSplit(MERCHANT_KEY, gross, back, payerNonce, merchantNonce);
        vm.prank(anyone);
        escrow.split(terms, gross, back, VALID_UNTIL, payers, merchants);
    }
}
