// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowTerms} from "../src/EscrowTypes.sol";
import {IMarketEscrow} from "../src/IMarketEscrow.sol";
import {ContractWallet} from "./support/ContractWallet.sol";
import {IPermitToken} from "./support/Deploy.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {WalletToken} from "./support/WalletToken.sol";
import {vm} from "./support/Vm.sol";

contract DepositWithPermitTest is MarketTest {
    function setUp() public override {
        super.setUp();
        token.mint(payer, TOTAL);
    }

    function test_anyone_can_send_the_payers_consent_and_permit() public {
        bytes32 id = escrow.escrowIdOf(terms);
        (bytes memory consent, bytes memory permit) = (signConsent(PAYER_KEY), signPermit(PAYER_KEY, TOTAL));
        vm.expectEmit(address(escrow));
        emit IMarketEscrow.Deposited(id, terms.termsHash, payer, merchant, address(token), payer, TOTAL);
        vm.prank(anyone);
        vm.assertEq(escrow.depositWithPermit(terms, consent, permit), id);
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
        vm.assertEq(token.allowance(payer, address(escrow)), 0);
    }

    function test_a_permit_alone_pays_nobody() public {
        (bytes memory consent, bytes memory permit) = (signConsent(PAYER_KEY), signPermit(PAYER_KEY, TOTAL));
        // somebody saw the permit, and would have the money decided by friends
        terms.merchant = anyone;
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.depositWithPermit(terms, consent, permit);
        bytes memory forged = signConsent(STRANGER_KEY);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.depositWithPermit(terms, forged, permit);
        vm.assertEq(token.balanceOf(payer), TOTAL);
    }

    function test_consent_to_any_other_term_is_refused() public {
        EscrowTerms memory agreed = terms;
        bytes memory consent = signConsent(PAYER_KEY);
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        terms.feeBps += 1;
        refused(consent, agreed);
        terms.stopDate += 1;
        refused(consent, agreed);
        terms.attesters = keccak256("friends");
        refused(consent, agreed);
        terms.salt = keccak256("again");
        refused(consent, agreed);
        escrow.depositWithPermit(terms, consent, "");
    }

    function test_a_permit_that_is_too_short_holds_up_nothing_either() public {
        bytes memory consent = signConsent(PAYER_KEY);
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        escrow.depositWithPermit(terms, consent, hex"01");
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_permit_that_somebody_sent_before_holds_up_nothing() public {
        (bytes memory consent, bytes memory permit) = (signConsent(PAYER_KEY), signPermit(PAYER_KEY, TOTAL));
        (bytes32 r, bytes32 s, uint8 v) = (word(permit, 0), word(permit, 32), uint8(permit[64]));
        vm.prank(anyone);
        IPermitToken(address(token)).permit(payer, address(escrow), TOTAL, PAY_BY, v, r, s);
        escrow.depositWithPermit(terms, consent, permit);
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
    }

    function test_without_a_permit_an_earlier_approval_counts() public {
        bytes memory consent = signConsent(PAYER_KEY);
        vm.prank(payer);
        token.approve(address(escrow), TOTAL);
        vm.prank(anyone);
        escrow.depositWithPermit(terms, consent, "");
        vm.assertEq(token.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_wrong_permit_gives_no_allowance() public {
        (bytes memory consent, bytes memory permit) = (signConsent(PAYER_KEY), signPermit(STRANGER_KEY, TOTAL));
        vm.expectRevert(
            abi.encodeWithSelector(ERC20InsufficientAllowance.selector, address(escrow), uint256(0), uint256(TOTAL))
        );
        escrow.depositWithPermit(terms, consent, permit);
    }

    function test_consent_counts_once() public {
        bytes memory consent = signConsent(PAYER_KEY);
        vm.prank(payer);
        token.approve(address(escrow), type(uint256).max);
        bytes32 id = escrow.depositWithPermit(terms, consent, "");
        settle(0, TOTAL);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.AlreadyDeposited.selector, id));
        escrow.depositWithPermit(terms, consent, "");
    }

    function test_a_contract_wallet_consents_and_permits_by_its_own_rules() public {
        WalletToken asset = new WalletToken();
        ContractWallet wallet = new ContractWallet(payer);
        (terms.asset, terms.payer) = (address(asset), address(wallet));
        asset.mint(address(wallet), TOTAL);
        bytes memory consent = bytes.concat(signConsent(PAYER_KEY), "wallet");
        bytes memory permit = signPermit(PAYER_KEY, address(asset), address(wallet), TOTAL);
        escrow.depositWithPermit(terms, consent, bytes.concat(permit, "wallet"));
        vm.assertEq(asset.balanceOf(address(escrow)), TOTAL);
    }

    function test_a_signature_for_one_wallet_opens_nothing_for_another_of_the_same_owner() public {
        ContractWallet first = new ContractWallet(payer);
        ContractWallet second = new ContractWallet(payer);
        terms.payer = address(first);
        bytes memory consent = bytes.concat(signConsent(PAYER_KEY), "wallet");
        token.mint(address(second), TOTAL);
        vm.prank(address(second));
        token.approve(address(escrow), TOTAL);
        terms.payer = address(second);
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, second));
        escrow.depositWithPermit(terms, consent, "");
    }

    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);

    function refused(bytes memory consent, EscrowTerms memory agreed) private {
        vm.expectRevert(abi.encodeWithSelector(IMarketEscrow.InvalidSignature.selector, payer));
        escrow.depositWithPermit(terms, consent, "");
        terms = agreed;
    }

    function word(bytes memory from, uint256 offset) private pure returns (bytes32 result) {
        for (uint256 i; i < 32; ++i) {
            result |= bytes32(from[offset + i]) >> (8 * i);
        }
    }
}
