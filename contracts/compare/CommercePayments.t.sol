// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowTerms, Signature} from "../src/EscrowTypes.sol";
import {ICommercePayments} from "./ICommercePayments.sol";
import {IPermit2Full, IToken} from "../test/support/Deploy.sol";
import {MarketTest} from "../test/support/MarketTest.sol";
import {vm} from "../test/support/Vm.sol";

/// @notice Gas of the same operations beside base/commerce-payments: its sources with these compiler settings, on its own
/// mock token, whole isolated transactions, one fee and no referral, contracts and receivers that hold the token. `build.js compare` runs it.
/// forge-config: default.isolate = true
contract CommercePaymentsTest is MarketTest {
    uint256 private constant BATCH = 50;
    address private immutable OPERATOR = vm.addr(0x0FE4A70B);

    ICommercePayments private theirs;
    address private collector;

    function setUp() public override {
        super.setUp();
        token = IToken(vm.deployCode("MockERC3009Token.sol", abi.encode("Mock USDC", "mUSDC", uint8(6))));
        (terms.asset, terms.feeBps) = (address(token), 100);
        (terms.referrer, terms.referralBps) = (address(0), 0);
        theirs = ICommercePayments(vm.deployCode("AuthCaptureEscrow.sol"));
        collector = vm.deployCode("ERC3009PaymentCollector.sol", abi.encode(theirs, address(0xCA11)));
        terms.salt = "warm";
        depositByAllowance();
        settle(TOTAL / 4, TOTAL / 4);
        ICommercePayments.PaymentInfo memory warm = payment(1);
        authorize(warm);
        vm.prank(OPERATOR);
        theirs.capture(warm, TOTAL / 4, 100, feeReceiver);
        terms.salt = "measured";
        token.mint(payer, 3 * TOTAL);
    }

    function test_authorize_and_deposit() public {
        uint256 bar = authorize(payment(2));
        // 64 bytes: the mock has no function that takes v, r and s
        Signature memory compacted = compact(PAYER_KEY, receiveDigest(address(escrow), PAY_BY, escrow.escrowIdOf(terms)));
        escrow.depositWithAuthorization(terms, abi.encodePacked(compacted.r, compacted.vs));
        compared("deposit", gasOf("deposit"), "authorize", bar, 86);
    }

    function test_capture_and_payouts() public {
        ICommercePayments.PaymentInfo memory info = payment(2);
        authorize(info);
        vm.prank(OPERATOR);
        theirs.capture(info, TOTAL, 100, feeReceiver);
        uint256 bar = gasOf("capture");

        depositByAllowance();
        escrow.payMerchant(terms, TOTAL, VALID_UNTIL, signPayMerchant(PAYER_KEY, TOTAL, 0));
        compared("payout by the payer's signature", gasOf("payMerchant"), "capture", bar, 102);

        terms.salt = "by quorum";
        depositByAllowance();
        settle(TOTAL, 0);
        compared("payout by a quorum of two", gasOf("settle"), "capture", bar, 116);

        settleBatch();
        compared("each of 50 payouts in a batch", gasOf("settleBatch") / BATCH, "capture", bar, 45);
    }

    function test_reclaims() public {
        ICommercePayments.PaymentInfo memory info = payment(2);
        authorize(info);
        depositByAllowance();
        vm.warp(STOP_DATE + 1);
        vm.prank(payer);
        theirs.reclaim(info);
        uint256 bar = gasOf("their reclaim");
        escrow.reclaim(terms);
        compared("reclaim", gasOf("reclaim"), "reclaim", bar, 92);
    }

    function settleBatch() private {
        EscrowTerms[] memory batchTerms = new EscrowTerms[](BATCH);
        Entitlement[] memory decided = new Entitlement[](BATCH);
        bytes32[] memory ids = new bytes32[](BATCH);
        for (uint256 i; i < BATCH; ++i) {
            terms.salt = keccak256(abi.encode(i));
            terms.merchant = vm.addr(0x7777_0000 + i);
            token.mint(terms.merchant, 1);
            depositByAllowance();
            batchTerms[i] = terms;
            decided[i] = entitlement(TOTAL, 0);
            ids[i] = escrow.escrowIdOf(terms);
        }
        Signature[] memory signatures = signAll(escrow.batchDigest(ids, decided), PLATFORM_KEY, AUDIT_KEY);
        escrow.settleBatch(batchTerms, set, decided, signatures);
    }

    function depositByAllowance() private {
        token.mint(anyone, TOTAL);
        vm.prank(anyone);
        token.approve(address(escrow), TOTAL);
        vm.prank(anyone);
        escrow.deposit(terms);
    }

    function payment(uint256 salt) private view returns (ICommercePayments.PaymentInfo memory) {
        return ICommercePayments.PaymentInfo({
            operator: OPERATOR,
            payer: payer,
            receiver: merchant,
            token: address(token),
            maxAmount: TOTAL,
            preApprovalExpiry: PAY_BY,
            authorizationExpiry: STOP_DATE,
            refundExpiry: VALID_UNTIL,
            minFeeBps: 100,
            maxFeeBps: 100,
            feeReceiver: feeReceiver,
            salt: salt
        });
    }

    function authorize(ICommercePayments.PaymentInfo memory info) private returns (uint256) {
        info.payer = address(0);
        bytes32 nonce = theirs.getHash(info);
        info.payer = payer;
        token.mint(payer, TOTAL);
        bytes memory signature = sign(PAYER_KEY, receiveDigest(collector, PAY_BY, nonce));
        vm.prank(OPERATOR);
        theirs.authorize(info, TOTAL, collector, signature);
        return gasOf("authorize");
    }

    function receiveDigest(address to, uint256 validBefore, bytes32 nonce) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        bytes32 structHash =
            keccak256(abi.encode(typeHash, payer, to, uint256(TOTAL), uint256(0), validBefore, nonce));
        bytes32 domain = IPermit2Full(address(token)).DOMAIN_SEPARATOR();
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    /// @dev Gas of the last call, a whole transaction.
    function gasOf(string memory operation) private returns (uint256) {
        return vm.snapshotGasLastCall("CommercePayments", operation);
    }

    /// @dev Reverts if `gas` is more than `goal` per cent of `bar`.
    function compared(string memory ours, uint256 gas, string memory their, uint256 bar, uint256 goal) private {
        string memory figures = string.concat(vm.toString(gas), " of ", vm.toString(bar));
        emit log(string.concat(ours, ": ", figures, " for ", their, ", per mille ", vm.toString(gas * 1000 / bar)));
        vm.assertLe(gas * 100, bar * goal, ours);
    }

    /// @dev Forge prints it.
    event log(string);
}
