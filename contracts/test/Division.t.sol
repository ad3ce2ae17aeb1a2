// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Division} from "../src/Division.sol";
import {EscrowTerms, Shares} from "../src/EscrowTypes.sol";
import {vm} from "./support/Vm.sol";

contract DivisionTest {
    EscrowTerms private terms;

    function step(EscrowTerms calldata t, uint256 oldGross, uint256 oldPayer, uint256 newGross, uint256 newPayer)
        external
        pure
        returns (Shares memory)
    {
        return Division.step(t, oldGross, oldPayer, newGross, newPayer);
    }

    function testFuzz_shares_add_up_to_the_step(
        uint120 oldGross,
        uint120 newGross,
        uint120 back,
        uint16 feeBps,
        uint16 referralBps
    ) public {
        vm.assume(newGross >= oldGross);
        rates(feeBps, referralBps);
        Shares memory shares = this.step(terms, oldGross, 0, newGross, back);
        vm.assertEq(shares.merchant + shares.fee + shares.referral, newGross - oldGross);
        vm.assertEq(shares.payer, back);
    }

    function testFuzz_two_steps_pay_what_one_would(uint64 first, uint64 second, uint16 feeBps, uint16 referralBps)
        public
    {
        rates(feeBps % 5_001, referralBps % 5_001);
        uint256 end = uint256(first) + second + 2;
        Shares memory one = this.step(terms, 0, 0, end, 0);
        Shares memory a = this.step(terms, 0, 0, first, 0);
        Shares memory b = this.step(terms, first, 0, end, 0);
        vm.assertEq(a.fee + b.fee, one.fee);
        vm.assertLe(one.referral - (a.referral + b.referral), 1, "referral at most a unit short");
        if (terms.feeBps + terms.referralBps <= 5_000) {
            vm.assertEq(a.referral + b.referral, one.referral);
            vm.assertEq(a.merchant + b.merchant, one.merchant);
        }
    }

    function test_a_unit_that_rounds_both_shares_up_goes_to_the_fee() public {
        rates(100, 100);
        Shares memory shares = this.step(terms, 99, 0, 100, 0);
        vm.assertEq(shares.fee, 1);
        vm.assertEq(shares.referral, 0);
        vm.assertEq(shares.merchant, 0);
    }

    function test_the_largest_amounts_do_not_overflow() public {
        rates(5_000, 5_000);
        uint256 largest = type(uint120).max;
        Shares memory shares = this.step(terms, 0, 0, largest, 0);
        vm.assertEq(shares.fee, largest / 2);
        vm.assertEq(shares.merchant + shares.fee + shares.referral, largest);
    }

    function rates(uint16 feeBps, uint16 referralBps) private {
        terms.feeBps = feeBps % 10_001;
        terms.referralBps = referralBps % (10_001 - terms.feeBps);
    }
}
