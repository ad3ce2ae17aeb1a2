// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EscrowStatus} from "../src/EscrowTypes.sol";
import {IMarket} from "./support/Deploy.sol";
import {MarketHandler} from "./support/MarketHandler.sol";
import {vm} from "./support/Vm.sol";

/// @notice Whatever is called in whatever order: money is conserved, and nobody gets more than was decided.
contract InvariantTest {
    MarketHandler private handler;

    function setUp() public {
        handler = new MarketHandler();
        handler.setUp();
    }

    /// @dev What Foundry's fuzzer calls.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev `setUp` would start the handler anew in the middle of a run.
    function excludeSelectors() public view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0].addr = address(handler);
        excluded[0].selectors = new bytes4[](1);
        excluded[0].selectors[0] = MarketHandler.setUp.selector;
    }

    /// @dev One invariant, and not four: Foundry would play every sequence four times.
    function invariant_money_is_conserved_and_nobody_gets_more_than_was_decided() public view {
        checkBalance();
        checkState();
        checkShares();
        vm.assertEq(handler.violated(), false);
    }

    function checkBalance() private view {
        vm.assertEq(handler.balance(), handler.held() + handler.waiting(), "balance");
    }

    function checkState() private view {
        MarketHandler.Book[] memory books = handler.allBooks();
        IMarket market = handler.market();
        for (uint256 i; i < books.length; ++i) {
            EscrowStatus memory status = market.status(books[i].escrowId);
            vm.assertEq(status.merchantGross, books[i].gross, "gross");
            vm.assertEq(status.payerAmount, books[i].back, "payer");
            vm.assertLe(uint256(books[i].gross) + books[i].back, books[i].total, "total");
        }
    }

    function checkShares() private view {
        (uint256[4] memory due, uint256[4] memory got) = handler.shares();
        for (uint256 i; i < due.length; ++i) {
            vm.assertEq(got[i], due[i], "share");
        }
    }
}

/// @dev As Foundry expects it.
struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}
