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
        (address payer, address merchant) = (terms.payer, terms.merchant);
        (address feeReceiver, address referrer) = (terms.feeReceiver, terms.referrer);
        (uint256 feeBps, uint256 referralBps) = (terms.feeBps, terms.referralBps);
        require(payer != address(0), IMarketEscrow.InvalidTerms(TermsFault.NoPayer));
        require(merchant != address(0), IMarketEscrow.InvalidTerms(TermsFault.NoMerchant));
        require(feeReceiver != address(0) || feeBps == 0, IMarketEscrow.InvalidTerms(TermsFault.NoFeeReceiver));
        require(referrer != address(0) || referralBps == 0, IMarketEscrow.InvalidTerms(TermsFault.NoReferrer));
        // a share sent to the escrow itself would look delivered and belong to nobody
        require(
            payer != address(this) && merchant != address(this) && feeReceiver != address(this)
                && referrer != address(this),
            IMarketEscrow.InvalidTerms(TermsFault.EscrowIsParty)
        );
        require(terms.total != 0, IMarketEscrow.InvalidTerms(TermsFault.NothingToDeposit));
        require(feeBps + referralBps <= Division.BASIS, IMarketEscrow.InvalidTerms(TermsFault.FeesOverTotal));
        require(terms.payBy <= terms.stopDate, IMarketEscrow.InvalidTerms(TermsFault.StopsBeforePayBy));
    }
}
