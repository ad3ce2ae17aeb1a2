// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {ContractWallet} from "./support/ContractWallet.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {WalletToken} from "./support/WalletToken.sol";
import {vm} from "./support/Vm.sol";

contract DepositWithAuthorizationTest is MarketTest {
    error ERC3009InvalidSignature();

    function setUp() public override {
        super.setUp();
        token.mint(payer, TOTAL);
    }

    function test_anyone_can_send_the_payers_authorization() public {
        bytes32 id = escrow.escrowIdOf(terms);
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Deposited(id, terms.termsHash, payer, merchant, address(token), payer, TOTAL);
        vm.prank(anyone);
        vm.assertEq(escrow.depositWithAuthorization(terms, authorization(PAYER_KEY, TOTAL, PAY_BY, id)), id);
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
        vm.assertTrue(token.authorizationState(payer, id), "the nonce is the id");
    }

    function test_a_second_deposit_is_counted_beside_the_first_ones_money() public {
        escrow.depositWithAuthorization(terms, authorization(PAYER_KEY, TOTAL, PAY_BY, escrow.escrowIdOf(terms)));
        token.mint(payer, TOTAL);
        terms.salt = keccak256("another order");
        escrow.depositWithAuthorization(terms, authorization(PAYER_KEY, TOTAL, PAY_BY, escrow.escrowIdOf(terms)));
        vm.assertEq(token.balanceOf(address(escrow)), 2 * TOTAL);
    }

    function test_an_authorization_opens_no_other_escrow() public {
        bytes memory signature = authorization(PAYER_KEY, TOTAL, PAY_BY, escrow.escrowIdOf(terms));
        terms.merchant = anyone;
        vm.expectRevert(abi.encodeWithSelector(ERC3009InvalidSignature.selector));
        escrow.depositWithAuthorization(terms, signature);
    }

    function test_an_authorization_by_somebody_else_is_refused() public {
        bytes memory signature = authorization(STRANGER_KEY, TOTAL, PAY_BY, escrow.escrowIdOf(terms));
        vm.expectRevert(abi.encodeWithSelector(ERC3009InvalidSignature.selector));
        escrow.depositWithAuthorization(terms, signature);
    }

    function test_an_authorization_of_another_amount_or_time_is_refused() public {
        bytes32 id = escrow.escrowIdOf(terms);
        bytes memory signature = authorization(PAYER_KEY, TOTAL - 1, PAY_BY, id);
        vm.expectRevert(abi.encodeWithSelector(ERC3009InvalidSignature.selector));
        escrow.depositWithAuthorization(terms, signature);
        signature = authorization(PAYER_KEY, TOTAL, PAY_BY + 1, id);
        vm.expectRevert(abi.encodeWithSelector(ERC3009InvalidSignature.selector));
        escrow.depositWithAuthorization(terms, signature);
    }

    function test_an_authorization_counts_once() public {
        bytes32 id = escrow.escrowIdOf(terms);
        bytes memory signature = authorization(PAYER_KEY, TOTAL, PAY_BY, id);
        escrow.depositWithAuthorization(terms, signature);
        token.mint(payer, TOTAL);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.AlreadyDeposited.selector, id));
        escrow.depositWithAuthorization(terms, signature);
    }

    function test_a_contract_wallets_signature_goes_to_the_assets_own_overload() public {
        WalletToken asset = new WalletToken();
        ContractWallet wallet = new ContractWallet(vm.addr(PAYER_KEY));
        (terms.asset, terms.payer) = (address(asset), address(wallet));
        asset.mint(address(wallet), TOTAL);
        bytes32 id = escrow.escrowIdOf(terms);
        bytes memory signature = signReceive(PAYER_KEY, asset, address(wallet), address(escrow), TOTAL, PAY_BY, id);
        escrow.depositWithAuthorization(terms, bytes.concat(signature, "wallet"));
        vm.assertEq(asset.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_signature_that_is_too_short_for_an_account_is_the_assets_to_judge() public {
        WalletToken asset = new WalletToken();
        terms.asset = address(asset);
        vm.expectRevert(bytes("signature"));
        escrow.depositWithAuthorization(terms, hex"01");
    }

    function authorization(uint256 key, uint256 value, uint256 validBefore, bytes32 nonce)
        private
        view
        returns (bytes memory)
    {
        return signReceive(key, token, payer, address(escrow), value, validBefore, nonce);
    }
}
