// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Entitlement, EscrowStatus, EscrowTerms} from "../../src/EscrowTypes.sol";
import {IMarket, IToken} from "./Deploy.sol";
import {DenylistToken} from "./HostileTokens.sol";
import {MarketTest} from "./MarketTest.sol";
import {vm} from "./Vm.sol";

/// @notice Acts for everybody at random: deposits, decisions alone and in batches, stale and excessive ones, direct
/// payouts, reclaims, claims, a denylist, and time. It keeps its own books, as plainly as can be. A call that the escrow
/// reverts leaves no trace in them.
/// @dev Gross amounts are multiples of 200 and both rates one half per cent, so that every share is exact: rounding is
/// `Division.t.sol`'s subject.
contract MarketHandler is MarketTest {
    /// @notice What was decided of an escrow's total, all in all.
    struct Book {
        bytes32 escrowId;
        uint120 total;
        uint120 gross;
        uint120 back;
    }

    uint120 private constant UNIT = 200;
    uint256 private constant MOST_ESCROWS = 6;

    /// @notice A stale or excessive message was executed, which must never happen.
    bool public violated;

    EscrowTerms[] private agreed;
    Book[] private books;
    DenylistToken private asset;
    address[4] private receivers;

    function setUp() public override {
        super.setUp();
        asset = new DenylistToken();
        token = IToken(address(asset));
        terms.asset = address(asset);
        (terms.feeBps, terms.referralBps) = (50, 50);
        receivers = [merchant, feeReceiver, referrer, payer];
    }

    /// @dev Somebody else pays for the payer, so that what the payer holds is what it got back.
    function open(uint120 amount) external {
        if (books.length == MOST_ESCROWS) return;
        agree(amount);
        fund(anyone);
        vm.prank(anyone);
        escrow.deposit(terms);
        enter();
    }

    /// @dev The payer pays itself, with money that comes and goes in this call; somebody sends its consent.
    function openByConsent(uint120 amount) external {
        if (books.length == MOST_ESCROWS) return;
        agree(amount);
        fund(payer);
        escrow.depositWithPermit(terms, signConsent(PAYER_KEY), "");
        enter();
    }

    /// @dev A deposit's signature sent again must open nothing.
    function openAgain(uint256 which) external {
        pick(which);
        fund(payer);
        escrow.depositWithPermit(terms, signConsent(PAYER_KEY), "");
        violated = true;
    }

    function decide(uint256 which, uint120 moreGross, uint120 moreBack) external {
        Book storage book = pick(which);
        (uint120 gross, uint120 back) = raised(book, moreGross, moreBack);
        settle(gross, back);
        (book.gross, book.back) = (gross, back);
    }

    function decideMany(uint256 which, uint120 moreGross, uint120 moreBack) external {
        EscrowTerms[] memory list = new EscrowTerms[](books.length);
        Entitlement[] memory decided = new Entitlement[](books.length);
        bytes32[] memory ids = new bytes32[](books.length);
        for (uint256 i; i < books.length; ++i) {
            Book storage book = pick(which % books.length + i);
            (uint120 gross, uint120 back) = raised(book, moreGross, moreBack);
            (list[i], decided[i]) = (terms, entitlement(gross, back));
            ids[i] = book.escrowId;
            (book.gross, book.back) = (gross, back);
        }
        escrow.settleBatch(list, set, decided, signAll(escrow.batchDigest(ids, decided), PLATFORM_KEY, AUDIT_KEY));
    }

    function decideLess(uint256 which, uint120 less) external {
        Book storage book = pick(which);
        less = less % book.gross + 1;
        settle(book.gross - less, terms.total - book.gross + less);
        violated = true;
    }

    function decideTooMuch(uint256 which, uint120 tooMuch) external {
        Book storage book = pick(which);
        settle(book.gross, terms.total - book.gross + tooMuch % terms.total + 1);
        violated = true;
    }

    function payDirect(uint256 which, uint120 more) external {
        Book storage book = pick(which);
        (uint120 gross,) = raised(book, more, 0);
        uint8 nonce = escrow.status(book.escrowId).payerNonce;
        escrow.payMerchant(terms, gross, VALID_UNTIL, signPayMerchant(PAYER_KEY, gross, nonce));
        book.gross = gross;
    }

    function refundDirect(uint256 which, uint120 more) external {
        Book storage book = pick(which);
        (, uint120 back) = raised(book, 0, more);
        uint8 nonce = escrow.status(book.escrowId).merchantNonce;
        escrow.refundPayer(terms, back, VALID_UNTIL, signRefundPayer(MERCHANT_KEY, back, nonce));
        book.back = back;
    }

    function splitDirect(uint256 which, uint120 moreGross, uint120 moreBack) external {
        Book storage book = pick(which);
        (uint120 gross, uint120 back) = raised(book, moreGross, moreBack);
        EscrowStatus memory status = escrow.status(book.escrowId);
        escrow.split(
            terms,
            gross,
            back,
            VALID_UNTIL,
            signSplit(PAYER_KEY, gross, back, status.payerNonce, status.merchantNonce),
            signSplit(MERCHANT_KEY, gross, back, status.payerNonce, status.merchantNonce)
        );
        (book.gross, book.back) = (gross, back);
    }

    function reclaim(uint256 which) external {
        Book storage book = pick(which);
        escrow.reclaim(terms);
        book.back = terms.total - book.gross;
    }

    function claim(uint256 who) external {
        escrow.claim(address(asset), receivers[who % receivers.length]);
    }

    function deny(uint256 who, bool value, bool answersFalse) external {
        asset.deny(receivers[who % receivers.length], value);
        asset.answerFalse(answersFalse);
    }

    function wait(uint256 time) external {
        uint256 later = block.timestamp + time % 5 days;
        if (later < NOW + 100 days) vm.warp(later);
    }

    function market() external view returns (IMarket) {
        return escrow;
    }

    function allBooks() external view returns (Book[] memory) {
        return books;
    }

    /// @notice What the market holds of the asset.
    function balance() external view returns (uint256) {
        return asset.balanceOf(address(escrow));
    }

    /// @notice What the books say is undecided.
    function held() external view returns (uint256 sum) {
        for (uint256 i; i < books.length; ++i) {
            sum += books[i].total - books[i].gross - books[i].back;
        }
    }

    /// @notice What the market says waits for its receivers.
    function waiting() external view returns (uint256 sum) {
        for (uint256 i; i < receivers.length; ++i) {
            sum += escrow.claimable(address(asset), receivers[i]);
        }
    }

    /// @notice Merchant's, fee receiver's, referrer's and payer's shares: by the books, and as got or waiting.
    function shares() external view returns (uint256[4] memory due, uint256[4] memory got) {
        for (uint256 i; i < books.length; ++i) {
            uint256 half = books[i].gross / UNIT;
            due[0] += books[i].gross - 2 * half;
            due[1] += half;
            due[2] += half;
            due[3] += books[i].back;
        }
        for (uint256 i; i < receivers.length; ++i) {
            got[i] = asset.balanceOf(receivers[i]) + escrow.claimable(address(asset), receivers[i]);
        }
    }

    /// @dev New terms, whose deposit is due within the hour.
    function agree(uint120 amount) private {
        terms.total = (amount % 1e12 + 1) * UNIT;
        terms.salt = keccak256(abi.encode(books.length));
        terms.payBy = uint48(block.timestamp) + 1 hours;
        terms.stopDate = terms.payBy + 2 days;
    }

    function fund(address from) private {
        asset.mint(from, terms.total);
        vm.prank(from);
        asset.approve(address(escrow), terms.total);
    }

    function enter() private {
        agreed.push(terms);
        books.push(Book(escrow.escrowIdOf(terms), terms.total, 0, 0));
    }

    function pick(uint256 which) private returns (Book storage book) {
        book = books[which % books.length];
        terms = agreed[which % books.length];
    }

    /// @dev Cumulative amounts somewhere between those of the book and the total.
    function raised(Book storage book, uint120 moreGross, uint120 moreBack)
        private
        view
        returns (uint120 gross, uint120 back)
    {
        uint120 rest = book.total - book.gross - book.back;
        uint120 more = moreGross % (rest + 1) / UNIT * UNIT;
        gross = book.gross + more;
        back = book.back + moreBack % (rest - more + 1);
    }
}
