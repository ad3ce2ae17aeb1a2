// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Division} from "../src/Division.sol";
import {EscrowTerms} from "../src/EscrowTypes.sol";
import {vm} from "./support/Vm.sol";

/// @notice What a step pays on the merchant's side.
struct Shares {
    uint256 merchant;
    uint256 fee;
    uint256 referral;
}

contract DivisionTest {
    EscrowTerms private terms;

    function step(EscrowTerms calldata t, uint256 oldGross, uint256 newGross) external pure returns (Shares memory) {
        (uint256 merchant, uint256 fee, uint256 referral) = Division.step(t, oldGross, newGross);
        return Shares(merchant, fee, referral);
    }

    function testFuzz_shares_add_up_to_the_step(
        uint120 oldGross,
        uint120 newGross,
        uint16 feeBps,
        uint16 referralBps
    ) public {
        vm.assume(newGross >= oldGross);
        rates(feeBps, referralBps);
        Shares memory shares = this.step(terms, oldGross, newGross);
        vm.assertEq(shares.merchant + shares.fee + shares.referral, newGross - oldGross);
    }

    function testFuzz_two_steps_pay_what_one_would(uint64 first, uint64 second, uint16 feeBps, uint16 referralBps)
        public
    {
        rates(feeBps % 5_001, referralBps % 5_001);
        uint256 end = uint256(first) + second + 2;
        Shares memory one = this.step(terms, 0, end);
        Shares memory a = this.step(terms, 0, first);
        Shares memory b = this.step(terms, first, end);
        vm.assertEq(a.fee + b.fee, one.fee);
        vm.assertLe(one.referral - (a.referral + b.referral), 1, "referral at most a unit short");
        if (terms.feeBps + terms.referralBps <= 5_000) {
            vm.assertEq(a.referral + b.referral, one.referral);
            vm.assertEq(a.merchant + b.merchant, one.merchant);
        }
    }

    function test_a_unit_that_rounds_both_shares_up_goes_to_the_fee() public {
        rates(100, 100);
        Shares memory shares = this.step(terms, 99, 100);
        vm.assertEq(shares.fee, 1);
        vm.assertEq(shares.referral, 0);
        vm.assertEq(shares.merchant, 0);
    }

    function test_the_largest_amounts_do_not_overflow() public {
        rates(5_000, 5_000);
        uint256 largest = type(uint120).max;
        Shares memory shares = this.step(terms, 0, largest);
        vm.assertEq(shares.fee, largest / 2);
        vm.assertEq(shares.merchant + shares.fee + shares.referral, largest);
    }

    function rates(uint16 feeBps, uint16 referralBps) private {
        terms.feeBps = feeBps % 10_001;
        terms.referralBps = referralBps % (10_001 - terms.feeBps);
    }
}
