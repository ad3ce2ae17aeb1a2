// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowTerms, Signature} from "../src/EscrowTypes.sol";
import {Deploy, IPermit2Full} from "./support/Deploy.sol";
import {MarketTest} from "./support/MarketTest.sol";
import {vm} from "./support/Vm.sol";

/// @notice What whole transactions cost: each measured call runs isolated, with its base cost and calldata, on an escrow
/// contract and receivers that already hold the token. `snapshots/` holds the committed figures.
/// forge-config: default.isolate = true
contract GasTest is MarketTest {
    uint256 private constant BATCH = 50;

    function setUp() public override {
        super.setUp();
        (terms.referrer, terms.referralBps) = (address(0), 0);
        terms.salt = keccak256("warm");
        deposit();
        settle(TOTAL / 4, TOTAL / 4);
        token.mint(referrer, 1);
        terms.salt = keccak256("measured");
    }

    function test_deposit() public {
        token.mint(payer, 2 * TOTAL);
        vm.prank(payer);
        token.approve(address(escrow), 2 * TOTAL);
        vm.prank(payer);
        escrow.deposit(terms);
        measured("deposit");
    }

    function test_deposit_with_authorization() public {
        token.mint(payer, 2 * TOTAL);
        bytes32 id = escrow.escrowIdOf(terms);
        bytes memory signature = signReceive(PAYER_KEY, token, payer, address(escrow), TOTAL, PAY_BY, id);
        escrow.depositWithAuthorization(terms, signature);
        measured("depositWithAuthorization");
    }

    function test_deposit_with_permit() public {
        token.mint(payer, 2 * TOTAL);
        (bytes memory consent, bytes memory permit) = (signConsent(PAYER_KEY), signPermit(PAYER_KEY, TOTAL));
        escrow.depositWithPermit(terms, consent, permit);
        measured("depositWithPermit");
    }

    function test_deposit_with_permit2() public {
        IPermit2Full permit2 = Deploy.permit2();
        token.mint(payer, 2 * TOTAL);
        vm.prank(payer);
        token.approve(address(permit2), type(uint256).max);
        escrow.depositWithPermit2(terms, signPermit2(permit2, PAYER_KEY));
        measured("depositWithPermit2");
    }

    function test_settle() public {
        deposit();
        settle(TOTAL, 0);
        measured("settle");
    }

    function test_settle_with_referral() public {
        (terms.referrer, terms.referralBps) = (referrer, 100);
        deposit();
        settle(TOTAL, 0);
        measured("settle with referral");
    }

    function test_settle_to_receivers_who_never_held_the_token() public {
        (terms.merchant, terms.feeReceiver) = (vm.addr(0x11), vm.addr(0x22));
        deposit();
        settle(TOTAL, 0);
        measured("settle to new receivers");
    }

    function test_settle_back_to_the_payer() public {
        deposit();
        settle(0, TOTAL);
        measured("settle to payer");
    }

    function test_settle_batch() public {
        EscrowTerms[] memory batchTerms = new EscrowTerms[](BATCH);
        Entitlement[] memory decided = new Entitlement[](BATCH);
        bytes32[] memory ids = new bytes32[](BATCH);
        for (uint256 i; i < BATCH; ++i) {
            terms.salt = keccak256(abi.encode(i));
            // fifty merchants, each of whom holds the token
            terms.merchant = vm.addr(0x7777_0000 + i);
            token.mint(terms.merchant, 1);
            deposit();
            batchTerms[i] = terms;
            decided[i] = entitlement(TOTAL, 0);
            ids[i] = escrow.escrowIdOf(terms);
        }
        Signature[] memory signatures = signAll(escrow.batchDigest(ids, decided), PLATFORM_KEY, AUDIT_KEY);
        escrow.settleBatch(batchTerms, set, decided, signatures);
        measured("settleBatch of 50");
    }

    function test_pay_merchant() public {
        deposit();
        escrow.payMerchant(terms, TOTAL, VALID_UNTIL, signPayMerchant(PAYER_KEY, TOTAL, 0));
        measured("payMerchant");
    }

    function test_refund_payer() public {
        deposit();
        escrow.refundPayer(terms, TOTAL, VALID_UNTIL, signRefundPayer(MERCHANT_KEY, TOTAL, 0));
        measured("refundPayer");
    }

    function test_split() public {
        deposit();
        bytes memory payers = signSplit(PAYER_KEY, TOTAL / 2, TOTAL / 2, 0, 0);
        bytes memory merchants = signSplit(MERCHANT_KEY, TOTAL / 2, TOTAL / 2, 0, 0);
        escrow.split(terms, TOTAL / 2, TOTAL / 2, VALID_UNTIL, payers, merchants);
        measured("split");
    }

    function test_reclaim() public {
        deposit();
        vm.warp(STOP_DATE + 1);
        escrow.reclaim(terms);
        measured("reclaim");
    }

    function measured(string memory operation) private {
        vm.snapshotGasLastCall("MarketEscrow", operation);
    }
}
