// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttesterSet, Entitlement, EscrowStatus, EscrowTerms, Refusal} from "../../src/EscrowTypes.sol";
import {IMarketEscrow} from "../../src/IMarketEscrow.sol";
import {IMarket, IToken, Deploy} from "./Deploy.sol";
import {EIP712Signer} from "./EIP712Signer.sol";
import {vm} from "./Vm.sol";

/// @notice A market with its parties, attesters and token, and one escrow's terms that each test changes as it needs.
abstract contract MarketTest is EIP712Signer {
    uint256 internal constant PAYER_KEY = 0xA11CE;
    uint256 internal constant MERCHANT_KEY = 0xB0B;
    uint256 internal constant PLATFORM_KEY = 0x1001;
    uint256 internal constant MERCHANTS_KEY = 0x1002;
    uint256 internal constant AUDIT_KEY = 0x1003;
    uint256 internal constant STANDBY_KEY = 0x1004;
    uint256 internal constant STRANGER_KEY = 0x666;

    uint120 internal constant TOTAL = 100e6;
    uint48 internal constant NOW = 1_800_000_000;
    uint48 internal constant PAY_BY = NOW + 1 days;
    uint48 internal constant STOP_DATE = NOW + 90 days;
    uint48 internal constant VALID_UNTIL = NOW + 120 days;
    uint48 internal constant STANDBY_DELAY = 3 days;

    address internal payer = vm.addr(PAYER_KEY);
    address internal merchant = vm.addr(MERCHANT_KEY);
    address internal feeReceiver = address(0xFEE);
    address internal referrer = address(0x4EF);
    address internal anyone = address(0xA27);

    IMarket internal escrow;
    IToken internal token;
    AttesterSet internal set;
    EscrowTerms internal terms;

    function setUp() public virtual {
        vm.warp(NOW);
        escrow = Deploy.market();
        token = Deploy.token();
        set.members = [vm.addr(PLATFORM_KEY), vm.addr(MERCHANTS_KEY), vm.addr(AUDIT_KEY)];
        set.required = vm.addr(AUDIT_KEY);
        set.standby = vm.addr(STANDBY_KEY);
        set.standbyDelay = STANDBY_DELAY;
        set.threshold = 2;
        terms = EscrowTerms({
            termsHash: keccak256("terms"),
            payer: payer,
            merchant: merchant,
            feeReceiver: feeReceiver,
            referrer: referrer,
            asset: address(token),
            total: TOTAL,
            payBy: PAY_BY,
            stopDate: STOP_DATE,
            feeBps: 250,
            referralBps: 100,
            attesters: escrow.attestersOf(set),
            salt: keccak256("salt")
        });
    }

    /// @dev Deposits the total on `terms`, by the payer's approval.
    function deposit() internal returns (bytes32) {
        token.mint(payer, terms.total);
        vm.prank(payer);
        token.approve(address(escrow), terms.total);
        vm.prank(payer);
        return escrow.deposit(terms);
    }

    function entitlement(uint120 merchantGross, uint120 payerAmount) internal view returns (Entitlement memory) {
        return Entitlement({
            escrowId: escrow.escrowIdOf(terms),
            ledgerId: keccak256("ledger"),
            decision: bytes32(uint256(1)),
            merchantGross: merchantGross,
            payerAmount: payerAmount,
            validUntil: VALID_UNTIL
        });
    }

    /// @dev Settles with the signatures of platform and audit.
    function settle(uint120 merchantGross, uint120 payerAmount) internal {
        Entitlement memory decided = entitlement(merchantGross, payerAmount);
        bytes[] memory signatures = signAll(escrow.entitlementDigest(decided), PLATFORM_KEY, AUDIT_KEY);
        escrow.settle(terms, set, decided, signatures);
    }

    function signPayMerchant(uint256 key, uint120 merchantGross, uint8 nonce) internal view returns (bytes memory) {
        return sign(
            key,
            digest(
                escrow,
                keccak256(
                    abi.encode(
                        keccak256("PayMerchant(bytes32 escrowId,uint120 merchantGross,uint8 nonce,uint48 validUntil)"),
                        escrow.escrowIdOf(terms),
                        merchantGross,
                        nonce,
                        VALID_UNTIL
                    )
                )
            )
        );
    }

    function signRefundPayer(uint256 key, uint120 payerAmount, uint8 nonce) internal view returns (bytes memory) {
        return sign(
            key,
            digest(
                escrow,
                keccak256(
                    abi.encode(
                        keccak256("RefundPayer(bytes32 escrowId,uint120 payerAmount,uint8 nonce,uint48 validUntil)"),
                        escrow.escrowIdOf(terms),
                        payerAmount,
                        nonce,
                        VALID_UNTIL
                    )
                )
            )
        );
    }

    function signSplit(uint256 key, uint120 merchantGross, uint120 payerAmount, uint8 payerNonce, uint8 merchantNonce)
        internal
        view
        returns (bytes memory)
    {
        return sign(
            key,
            digest(
                escrow,
                keccak256(
                    abi.encode(
                        keccak256(
                            "Split(bytes32 escrowId,uint120 merchantGross,uint120 payerAmount,uint8 payerNonce,uint8 merchantNonce,uint48 validUntil)"
                        ),
                        escrow.escrowIdOf(terms),
                        merchantGross,
                        payerAmount,
                        payerNonce,
                        merchantNonce,
                        VALID_UNTIL
                    )
                )
            )
        );
    }

    function expectRefusal(bytes32 escrowId, Refusal reason, uint256 merchantGross, uint256 payerAmount) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IMarketEscrow.PayoutRefused.selector, escrowId, reason, merchantGross, payerAmount)
        );
    }

    function assertPaid(uint256 toMerchant, uint256 fee, uint256 referral, uint256 toPayer) internal view {
        vm.assertEq(token.balanceOf(merchant), toMerchant, "merchant");
        vm.assertEq(token.balanceOf(feeReceiver), fee, "fee");
        vm.assertEq(token.balanceOf(referrer), referral, "referral");
        vm.assertEq(token.balanceOf(payer), toPayer, "payer");
    }

    function assertState(bytes32 escrowId, uint256 merchantGross, uint256 payerAmount) internal view {
        EscrowStatus memory status = escrow.status(escrowId);
        vm.assertEq(status.merchantGross, merchantGross, "cumulative gross");
        vm.assertEq(status.payerAmount, payerAmount, "cumulative payer amount");
    }
}
