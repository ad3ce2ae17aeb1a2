// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Deposits} from "./Deposits.sol";
import {DirectPayouts} from "./DirectPayouts.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {EscrowState, EscrowStates} from "./EscrowState.sol";
import {EscrowTerms} from "./EscrowTypes.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";
import {QuorumPayouts} from "./QuorumPayouts.sol";

/// @title MarketEscrow
/// @notice See `IMarketEscrow`. EIP-712 domain: name "Clearmarket Escrow", version "1", this chain, this contract.
/// @dev Every operation checks, stores, emits, and only then calls the asset.
contract MarketEscrow is Deposits, QuorumPayouts, DirectPayouts {
    constructor() EIP712("Clearmarket Escrow", "1") {}

    /// @inheritdoc IMarketEscrow
    function reclaim(EscrowTerms calldata terms) external nonReentrant {
        require(block.timestamp > terms.stopDate, TooEarlyToReclaim(terms.stopDate, block.timestamp));
        bytes32 escrowId = _escrowId(EscrowHashes.firstTerms());
        EscrowState state = _states[escrowId];
        uint256 gross = state.merchantGross();
        uint256 back = terms.total - gross;
        _requirePayable(escrowId, state, terms, gross, back, block.timestamp);
        uint256 undecided = back - state.payerAmount();
        _states[escrowId] = state.with(EscrowStates.RECLAIMED).withAmounts(gross, back);
        emit Reclaimed(escrowId, back, undecided);
        _deliver(escrowId, terms.asset, terms.payer, undecided);
    }
}
