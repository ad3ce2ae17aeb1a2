// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {AttesterSet, Entitlement, EscrowStatus, EscrowTerms, Refusal, Signature} from "../../src/EscrowTypes.sol";
import {IMarketEscrow} from "../../src/IMarketEscrow.sol";
import {Deploy, IMarket, IPermit2Full, IToken} from "./Deploy.sol";
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

    bytes32 internal constant TERMS_TYPE = keccak256(
        "EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)"
    );

    address internal payer = vm.addr(PAYER_KEY);
    address internal merchant = vm.addr(MERCHANT_KEY);
    address internal feeReceiver = vm.addr(0xFEE);
    address internal referrer = vm.addr(0x4EF);
    address internal anyone = address(0xA27);

    IMarket internal escrow;
    IToken internal token;
    AttesterSet internal set;
    EscrowTerms internal terms;

    function setUp() public virtual {
        vm.warp(NOW);
        escrow = Deploy.market();
        token = Deploy.token();
        set.members = [vm.addr(PLATFORM_KEY), vm.addr(MERCHANTS_KEY)];
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

    function entitlement(uint120 merchantGross, uint120 payerAmount) internal pure returns (Entitlement memory) {
        return Entitlement({
            ledgerId: keccak256("ledger"),
            decision: bytes32(uint256(1)),
            merchantGross: merchantGross,
            payerAmount: payerAmount,
            validUntil: VALID_UNTIL
        });
    }

    /// @dev What attesters sign for a decision about the escrow of `terms`.
    function digestOf(Entitlement memory decided) internal view returns (bytes32) {
        return digest(escrow, structHashOf(decided));
    }

    function structHashOf(Entitlement memory decided) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Entitlement(bytes32 escrowId,bytes32 ledgerId,bytes32 decision,uint120 merchantGross,uint120 payerAmount,uint48 validUntil)"
        );
        return keccak256(abi.encode(typeHash, escrow.escrowIdOf(terms), decided));
    }

    /// @dev Settles with the signatures of platform and audit.
    function settle(uint120 merchantGross, uint120 payerAmount) internal {
        Entitlement memory decided = entitlement(merchantGross, payerAmount);
        Signature[] memory signatures = signAll(digestOf(decided), PLATFORM_KEY, AUDIT_KEY);
        escrow.settle(terms, set, decided, signatures);
    }

    /// @dev The payer's agreement to deposit on `terms` by its allowance.
    function signConsent(uint256 key) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "DepositConsent(EscrowTerms terms)EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)"
        );
        return sign(key, digest(escrow, keccak256(abi.encode(typeHash, keccak256(abi.encode(TERMS_TYPE, terms))))));
    }

    /// @dev An EIP-2612 permit of the terms' payer for the escrow, until `PAY_BY`.
    function signPermit(uint256 key, uint256 value) internal view returns (bytes memory) {
        return signPermit(key, terms.asset, terms.payer, value);
    }

    function signPermit(uint256 key, address asset, address owner, uint256 value) internal view returns (bytes memory) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash =
            keccak256(abi.encode(typeHash, owner, address(escrow), value, uint256(0), uint256(PAY_BY)));
        return sign(key, digest(IERC5267(asset), structHash));
    }

    /// @dev The payer's Permit2 signature over `terms`.
    function signPermit2(IPermit2Full permit2, uint256 key) internal view returns (bytes memory) {
        bytes32 permitted =
            keccak256(abi.encode(keccak256("TokenPermissions(address token,uint256 amount)"), terms.asset, terms.total));
        bytes32 typeHash = keccak256(
            "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,EscrowTerms witness)EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)TokenPermissions(address token,uint256 amount)"
        );
        bytes32 structHash = keccak256(
            abi.encode(
                typeHash,
                permitted,
                address(escrow),
                escrow.escrowIdOf(terms),
                uint256(terms.payBy),
                keccak256(abi.encode(TERMS_TYPE, terms))
            )
        );
        return sign(key, keccak256(abi.encodePacked(hex"1901", permit2.DOMAIN_SEPARATOR(), structHash)));
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

    /// @dev Whoever was paid has nothing to claim besides.
    function assertNothingWaits() internal view {
        address[4] memory receivers = [merchant, feeReceiver, referrer, payer];
        for (uint256 i; i < receivers.length; ++i) {
            vm.assertEq(escrow.claimable(terms.asset, receivers[i]), 0);
        }
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
