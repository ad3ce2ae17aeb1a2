// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EscrowBook} from "./EscrowBook.sol";
import {EscrowHashes} from "./EscrowHashes.sol";
import {EscrowState, EscrowStates} from "./EscrowState.sol";
import {EscrowTerms} from "./EscrowTypes.sol";
import {IERC2612} from "./IERC2612.sol";
import {IERC3009} from "./IERC3009.sol";
import {IMarketEscrow} from "./IMarketEscrow.sol";
import {IPermit2} from "./IPermit2.sol";
import {TermsRules} from "./TermsRules.sol";

/// @title Deposits
/// @notice The ways in which an escrow's money arrives. Each checks the terms, opens the escrow, lets the asset move, and
/// measures what came.
abstract contract Deposits is EscrowBook {
    using SafeERC20 for IERC20;

    /// @notice Where Permit2 is on every chain. A chain without it has the other ways to deposit.
    IPermit2 internal constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    string private constant WITNESS_TYPE =
        "EscrowTerms witness)EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)TokenPermissions(address token,uint256 amount)";

    /// @inheritdoc IMarketEscrow
    function deposit(EscrowTerms calldata terms) external nonReentrant returns (bytes32 escrowId) {
        escrowId = _open(terms, EscrowHashes.firstTerms(), msg.sender);
        _take(terms.asset, msg.sender, terms.total);
    }

    /// @inheritdoc IMarketEscrow
    function depositWithPermit(EscrowTerms calldata terms, bytes calldata consent, bytes calldata permit)
        external
        nonReentrant
        returns (bytes32 escrowId)
    {
        bytes32 structHash = EscrowHashes.firstTerms();
        escrowId = _open(terms, structHash, terms.payer);
        _requireSigned(terms.payer, EscrowHashes.depositConsent(structHash), consent);
        if (permit.length != 0) _tryPermit(terms, permit);
        _take(terms.asset, terms.payer, terms.total);
    }

    /// @inheritdoc IMarketEscrow
    function depositWithAuthorization(EscrowTerms calldata terms, bytes calldata signature)
        external
        nonReentrant
        returns (bytes32 escrowId)
    {
        (address payer, address asset, uint256 total) = (terms.payer, terms.asset, terms.total);
        escrowId = _open(terms, EscrowHashes.firstTerms(), payer);
        uint256 balanceBefore = _balance(asset);
        _authorized(IERC3009(asset), payer, total, terms.payBy, escrowId, signature);
        _requireExact(asset, total, balanceBefore);
    }

    /// @inheritdoc IMarketEscrow
    function depositWithPermit2(EscrowTerms calldata terms, bytes calldata signature)
        external
        nonReentrant
        returns (bytes32 escrowId)
    {
        (address payer, address asset, uint256 total) = (terms.payer, terms.asset, terms.total);
        bytes32 structHash = EscrowHashes.firstTerms();
        escrowId = _open(terms, structHash, payer);
        uint256 balanceBefore = _balance(asset);
        PERMIT2.permitWitnessTransferFrom(
            IPermit2.PermitTransferFrom({
                permitted: IPermit2.TokenPermissions({token: asset, amount: total}),
                nonce: uint256(escrowId),
                deadline: terms.payBy
            }),
            IPermit2.SignatureTransferDetails({to: address(this), requestedAmount: total}),
            payer,
            structHash,
            WITNESS_TYPE,
            signature
        );
        _requireExact(asset, total, balanceBefore);
    }

    function _open(EscrowTerms calldata terms, bytes32 structHash, address depositor)
        private
        returns (bytes32 escrowId)
    {
        TermsRules.requireValid(terms);
        uint256 payBy = terms.payBy;
        require(block.timestamp < payBy, DepositTooLate(payBy, block.timestamp));
        escrowId = _escrowId(structHash);
        require(EscrowState.unwrap(_states[escrowId]) == 0, AlreadyDeposited(escrowId));
        _states[escrowId] = EscrowStates.NONE.with(EscrowStates.DEPOSITED);
        emit Deposited(escrowId, terms.termsHash, terms.payer, terms.merchant, terms.asset, depositor, terms.total);
    }

    /// @dev Takes the total by an allowance.
    function _take(address asset, address from, uint256 total) private {
        uint256 balanceBefore = _balance(asset);
        IERC20(asset).safeTransferFrom(from, address(this), total);
        _requireExact(asset, total, balanceBefore);
    }

    /// @dev A permit that somebody else sent before makes this one fail, and its allowance is there all the same.
    function _tryPermit(EscrowTerms calldata terms, bytes calldata permit) private {
        IERC2612 asset = IERC2612(terms.asset);
        if (permit.length != 65) {
            try asset.permit(terms.payer, address(this), terms.total, terms.payBy, permit) {} catch {}
            return;
        }
        try asset.permit(
            terms.payer,
            address(this),
            terms.total,
            terms.payBy,
            uint8(permit[64]),
            bytes32(permit[:32]),
            bytes32(permit[32:64])
        ) {} catch {}
    }

    function _authorized(
        IERC3009 asset,
        address payer,
        uint256 total,
        uint256 payBy,
        bytes32 escrowId,
        bytes calldata signature
    ) private {
        if (signature.length != 65) {
            asset.receiveWithAuthorization(payer, address(this), total, 0, payBy, escrowId, signature);
            return;
        }
        asset.receiveWithAuthorization(
            payer,
            address(this),
            total,
            0,
            payBy,
            escrowId,
            uint8(signature[64]),
            bytes32(signature[:32]),
            bytes32(signature[32:64])
        );
    }

    function _balance(address asset) private view returns (uint256) {
        return IERC20(asset).balanceOf(address(this));
    }

    function _requireExact(address asset, uint256 total, uint256 balanceBefore) private view {
        uint256 balance = _balance(asset);
        uint256 received = balance > balanceBefore ? balance - balanceBefore : 0;
        require(received == total, DepositNotExact(asset, total, received));
    }
}
