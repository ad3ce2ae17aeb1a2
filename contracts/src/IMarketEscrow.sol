// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttesterSet, Entitlement, EscrowStatus, EscrowTerms, Refusal, Signature, TermsFault} from "./EscrowTypes.sol";

/// @title IMarketEscrow
/// @notice Holds the money of consignments until the ledger, the parties themselves or the stop date says whose it is.
/// Nobody owns it and nothing in it can change. All amounts paid are cumulative, so sending a message twice is harmless.
interface IMarketEscrow {
    /// @notice The exact `total` of `escrowId` arrived from `depositor`.
    event Deposited(
        bytes32 indexed escrowId,
        bytes32 indexed termsHash,
        address indexed payer,
        address merchant,
        address asset,
        address depositor,
        uint256 total
    );

    /// @notice A quorum's entitlement was executed. The first two amounts are the new cumulative ones, the others are
    /// what this call paid.
    event Settled(
        bytes32 indexed escrowId,
        bytes32 indexed decision,
        uint256 merchantGross,
        uint256 payerAmount,
        uint256 merchantShare,
        uint256 feeShare,
        uint256 referralShare,
        uint256 payerShare
    );

    /// @notice An entitlement of a batch could not be executed; the others were not held up.
    event EntitlementSkipped(bytes32 indexed escrowId, bytes32 indexed decision, Refusal reason);

    /// @notice The whole of `escrowId` went back to the payer by one entitlement, the merchant's side having got nothing.
    event Voided(bytes32 indexed escrowId, uint256 amount);

    /// @notice The payer's signature paid the merchant's side; `merchantGross` is the new cumulative amount.
    event PaidDirect(
        bytes32 indexed escrowId, uint256 merchantGross, uint256 merchantShare, uint256 feeShare, uint256 referralShare
    );

    /// @notice The merchant's signature paid the payer; `payerAmount` is the new cumulative amount.
    event RefundedDirect(bytes32 indexed escrowId, uint256 payerAmount, uint256 payerShare);

    /// @notice Both signatures divided the escrow; the first two amounts are the new cumulative ones.
    event SplitDirect(
        bytes32 indexed escrowId,
        uint256 merchantGross,
        uint256 payerAmount,
        uint256 merchantShare,
        uint256 feeShare,
        uint256 referralShare,
        uint256 payerShare
    );

    /// @notice After the stop date, `payerShare` that nobody had decided about went back to the payer.
    event Reclaimed(bytes32 indexed escrowId, uint256 payerAmount, uint256 payerShare);

    /// @notice A share of `escrowId` could not be delivered and waits for `receiver`; the id is zero for the fees of a
    /// batch, which are delivered together.
    event Claimable(bytes32 indexed escrowId, address indexed asset, address indexed receiver, uint256 amount);

    /// @notice Waiting shares, of whatever escrows, were delivered.
    event Claimed(address indexed asset, address indexed receiver, uint256 amount);

    /// @notice From `usableFrom` on the standby's signature over `digest` counts as the required attester's.
    event StandbyAnnounced(bytes32 indexed attesters, bytes32 indexed digest, uint256 usableFrom);

    /// @notice The required attester is alive and forbids the standby's signature over `digest`.
    event StandbyObjected(bytes32 indexed attesters, bytes32 indexed digest);

    /// @notice These terms can't be deposited on.
    error InvalidTerms(TermsFault fault);
    /// @notice `escrowId` has its deposit already.
    error AlreadyDeposited(bytes32 escrowId);
    /// @notice Deposits had to arrive before `payBy`.
    error DepositTooLate(uint256 payBy, uint256 blockTime);
    /// @notice The asset delivered something else than the exact total: fee on transfer, or worse.
    error DepositNotExact(address asset, uint256 expected, uint256 received);
    /// @notice The terms name another attester set.
    error WrongAttesters(bytes32 expected, bytes32 given);
    /// @notice A batch needs as many terms as entitlements.
    error LengthMismatch(uint256 terms, uint256 entitlements);
    /// @notice The amounts can't be paid; the last two are those paid so far.
    error PayoutRefused(bytes32 escrowId, Refusal reason, uint256 merchantGross, uint256 payerAmount);
    /// @notice `signer` did not sign this message with its current nonce.
    error InvalidSignature(address signer);
    /// @notice The stop date is not over.
    error TooEarlyToReclaim(uint256 stopDate, uint256 blockTime);
    /// @notice Nothing of `receiver`'s waits here.
    error NothingToClaim(address asset, address receiver);
    /// @notice Too little gas to give a transfer its full allowance; nothing was paid, send again with more.
    error NotEnoughGas(uint256 needed, uint256 left);

    /// @notice Takes the exact total from the caller, by an earlier `approve`, once and before `payBy`. Anyone may pay;
    /// whatever comes back goes to the terms' payer.
    /// @return escrowId The escrow's id.
    function deposit(EscrowTerms calldata terms) external returns (bytes32 escrowId);

    /// @notice Takes the exact total from the terms' payer by its EIP-3009 `ReceiveWithAuthorization`, sent by anyone.
    /// @dev The authorization's fields all follow from the terms, so a signature can't open any other escrow: to is this
    /// contract, value the total, validAfter 0, validBefore `payBy`, and its nonce is the escrow's id.
    /// @param signature The payer's, r || s || v; another length goes to the asset's overload for contract wallets.
    /// @return escrowId The escrow's id.
    function depositWithAuthorization(EscrowTerms calldata terms, bytes calldata signature)
        external
        returns (bytes32 escrowId);

    /// @notice Takes the exact total from the terms' payer by its allowance, sent by anyone. The payer signs a
    /// `DepositConsent` of the terms, because an allowance alone does not say to whom the money may go.
    /// @param consent ECDSA (r || s || v) or ERC-1271. The escrow opens once, so it counts once.
    /// @param permit The payer's EIP-2612 permit of the total to this contract until `payBy`, r || s || v; another
    /// length goes to the asset's overload for contract wallets. Empty where the payer approved before. One that fails,
    /// because somebody sent it already, does no harm.
    /// @return escrowId The escrow's id.
    function depositWithPermit(EscrowTerms calldata terms, bytes calldata consent, bytes calldata permit)
        external
        returns (bytes32 escrowId);

    /// @notice Takes the exact total from the terms' payer by its Permit2 `PermitWitnessTransferFrom`, sent by anyone.
    /// @dev Permit2 at its canonical address. All of the permit follows from the terms: permitted the asset and total,
    /// spender this contract, nonce the escrow's id, deadline `payBy`, witness the terms themselves.
    /// @param signature The payer's, ECDSA or ERC-1271.
    /// @return escrowId The escrow's id.
    function depositWithPermit2(EscrowTerms calldata terms, bytes calldata signature)
        external
        returns (bytes32 escrowId);

    /// @notice Executes a quorum's entitlement: pays the differences between its cumulative amounts and those paid.
    /// Sent again it does nothing; a decrease, or a sum over the total, reverts. Anyone may send it.
    /// @param set The attester set that the terms name by its hash.
    /// @param signatures In ascending order of the signers' addresses.
    function settle(
        EscrowTerms calldata terms,
        AttesterSet calldata set,
        Entitlement calldata entitlement,
        Signature[] calldata signatures
    ) external;

    /// @notice Executes many entitlements under one quorum's signatures over their list. One that can't be executed
    /// (any more) is skipped with an event and holds up no other.
    /// @param terms The terms of each entitlement's escrow, in the same order, all naming `set`.
    function settleBatch(
        EscrowTerms[] calldata terms,
        AttesterSet calldata set,
        Entitlement[] calldata entitlements,
        Signature[] calldata signatures
    ) external;

    /// @notice Lets a quorum's signatures over `digest` count with the standby's in the required attester's place once
    /// the set's delay is over. The required attester can object until then.
    /// @param digest The EIP-712 digest of an entitlement or a batch.
    function announceStandby(AttesterSet calldata set, bytes32 digest, Signature[] calldata signatures) external;

    /// @notice Forbids the standby's signature over `digest`, by the required attester's signature.
    function objectToStandby(AttesterSet calldata set, bytes32 digest, bytes calldata signature) external;

    /// @notice Brings what the merchant's side has got to `merchantGross`, by the payer's `PayMerchant` signature.
    /// @param signature ECDSA (r || s || v) or ERC-1271, over the payer's current nonce.
    function payMerchant(EscrowTerms calldata terms, uint120 merchantGross, uint48 validUntil, bytes calldata signature)
        external;

    /// @notice Brings what the payer has got back to `payerAmount`, by the merchant's `RefundPayer` signature.
    /// @param signature ECDSA (r || s || v) or ERC-1271, over the merchant's current nonce.
    function refundPayer(EscrowTerms calldata terms, uint120 payerAmount, uint48 validUntil, bytes calldata signature)
        external;

    /// @notice Brings both cumulative amounts to what payer and merchant both signed in a `Split`.
    function split(
        EscrowTerms calldata terms,
        uint120 merchantGross,
        uint120 payerAmount,
        uint48 validUntil,
        bytes calldata payerSignature,
        bytes calldata merchantSignature
    ) external;

    /// @notice After the stop date, sends what is undecided back to the payer. Anyone may call it.
    function reclaim(EscrowTerms calldata terms) external;

    /// @notice Delivers to `receiver` what could not be delivered before. Anyone may call it.
    function claim(address asset, address receiver) external;

    /// @notice What waits for `receiver`.
    function claimable(address asset, address receiver) external view returns (uint256 amount);

    /// @notice When the standby's signature over `digest` counts: 0 not announced, the maximum when objected to.
    function standbyUsableFrom(bytes32 attesters, bytes32 digest) external view returns (uint256 time);

    /// @notice The state of an escrow; all zero for one that was never deposited.
    function status(bytes32 escrowId) external view returns (EscrowStatus memory);

    /// @notice keccak256(abi.encode(chain id, this contract, EIP-712 struct hash of the terms)).
    function escrowIdOf(EscrowTerms calldata terms) external view returns (bytes32);

    /// @notice EIP-712 struct hash of an attester set, as terms name it.
    function attestersOf(AttesterSet calldata set) external pure returns (bytes32);

    /// @notice The EIP-712 digest that a quorum signs for one entitlement.
    function entitlementDigest(bytes32 escrowId, Entitlement calldata entitlement) external view returns (bytes32);

    /// @notice The EIP-712 digest that a quorum signs for a batch: the escrows, and their entitlements in the same order.
    function batchDigest(bytes32[] calldata escrowIds, Entitlement[] calldata entitlements)
        external
        view
        returns (bytes32);
}
