// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Division} from "./Division.sol";
import {EscrowTerms, TermsFault} from "./EscrowTypes.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";

/// @title TermsRules
/// @notice What terms must satisfy to be deposited on. Later operations rely on it: their terms hash to a deposited id.
library TermsRules {
    /// @notice Reverts with the first fault found.
    function requireValid(EscrowTerms calldata terms) internal view {
        require(terms.payer != address(0), IMarketEscrow.InvalidTerms(TermsFault.NoPayer));
        require(terms.merchant != address(0), IMarketEscrow.InvalidTerms(TermsFault.NoMerchant));
        require(
            terms.feeReceiver != address(0) || terms.feeBps == 0, IMarketEscrow.InvalidTerms(TermsFault.NoFeeReceiver)
        );
        require(
            terms.referrer != address(0) || terms.referralBps == 0, IMarketEscrow.InvalidTerms(TermsFault.NoReferrer)
        );
        // a share sent to the escrow itself would look delivered and belong to nobody
        require(
            terms.payer != address(this) && terms.merchant != address(this) && terms.feeReceiver != address(this)
                && terms.referrer != address(this),
            IMarketEscrow.InvalidTerms(TermsFault.EscrowIsParty)
        );
        require(terms.total != 0, IMarketEscrow.InvalidTerms(TermsFault.NothingToDeposit));
        require(
            uint256(terms.feeBps) + terms.referralBps <= Division.BASIS,
            IMarketEscrow.InvalidTerms(TermsFault.FeesOverTotal)
        );
        require(terms.payBy <= terms.stopDate, IMarketEscrow.InvalidTerms(TermsFault.StopsBeforePayBy));
    }
}
