// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {ContractWallet} from "./support/ContractWallet.sol";
import {Deploy, IPermit2Full} from "./support/Deploy.sol";
import {NoReturnToken} from "./support/HostileTokens.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

/// @notice Against the code of Permit2 as it is on all chains.
contract DepositWithPermit2Test is MarketTest {
    IPermit2Full private permit2;

    function setUp() public override {
        super.setUp();
        permit2 = Deploy.permit2();
        token.mint(payer, TOTAL);
        vm.prank(payer);
        token.approve(address(permit2), type(uint256).max);
    }

    function test_anyone_can_send_the_payers_signature() public {
        bytes32 id = escrow.escrowIdOf(terms);
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Deposited(id, terms.termsHash, payer, merchant, address(token), payer, TOTAL);
        vm.prank(anyone);
        vm.assertEq(escrow.depositWithPermit2(terms, signature), id);
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_second_deposit_is_counted_beside_the_first_ones_money() public {
        escrow.depositWithPermit2(terms, signPermit2(permit2, PAYER_KEY));
        token.mint(payer, TOTAL);
        terms.salt = keccak256("another order");
        escrow.depositWithPermit2(terms, signPermit2(permit2, PAYER_KEY));
        vm.assertEq(token.balanceOf(address(escrow)), 2 * TOTAL);
    }

    function test_the_signature_is_over_all_terms() public {
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        terms.merchant = anyone;
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector));
        escrow.depositWithPermit2(terms, signature);
    }

    function test_nobody_else_can_sign_for_the_payer() public {
        bytes memory signature = signPermit2(permit2, STRANGER_KEY);
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector));
        escrow.depositWithPermit2(terms, signature);
    }

    function test_a_signature_that_somebody_cancelled_is_refused() public {
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        uint256 nonce = uint256(escrow.escrowIdOf(terms));
        vm.prank(payer);
        permit2.invalidateUnorderedNonces(nonce >> 8, 1 << (nonce & 0xff));
        vm.expectRevert(abi.encodeWithSelector(InvalidNonce.selector));
        escrow.depositWithPermit2(terms, signature);
    }

    function test_a_signature_counts_once() public {
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        bytes32 id = escrow.depositWithPermit2(terms, signature);
        token.mint(payer, TOTAL);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.AlreadyDeposited.selector, id));
        escrow.depositWithPermit2(terms, signature);
    }

    function test_a_token_without_permit_or_return_value_is_deposited_without_gas() public {
        NoReturnToken asset = new NoReturnToken();
        terms.asset = address(asset);
        asset.mint(payer, TOTAL);
        vm.prank(payer);
        asset.approve(address(permit2), TOTAL);
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        vm.prank(anyone);
        escrow.depositWithPermit2(terms, signature);
        vm.assertEq(asset.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_contract_wallet_signs_by_its_own_rules() public {
        ContractWallet wallet = new ContractWallet(payer);
        terms.payer = address(wallet);
        token.mint(address(wallet), TOTAL);
        vm.prank(address(wallet));
        token.approve(address(permit2), TOTAL);
        bytes memory signature = signPermit2(permit2, PAYER_KEY);
        escrow.depositWithPermit2(terms, bytes.concat(signature, "wallet"));
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
    }

    error InvalidSigner();
    error InvalidNonce();
}
