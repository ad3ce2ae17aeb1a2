// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What payer and merchant agreed to. It travels in calldata and is never stored: its hash is the escrow's id.
/// @param termsHash Hash of the canonical terms that both ledgers carry.
/// @param payer Who gets back what the merchant's side does not get, and whose signature can release money.
/// @param merchant Who gets the gross less fee and referral, and whose signature can refund money.
/// @param feeReceiver Who gets the fee; may be zero when `feeBps` is.
/// @param referrer Who gets the referral; may be zero when `referralBps` is.
/// @param asset The ERC-20 token.
/// @param total The exact deposit, in the asset's minor units.
/// @param payBy The deposit must be in a block before this time (Unix seconds).
/// @param stopDate After this time anyone can send what is undecided back to the payer (Unix seconds).
/// @param feeBps The fee, in basis points of the cumulative gross, rounded down.
/// @param referralBps The referral, in basis points of the cumulative gross, rounded down.
/// @param attesters EIP-712 struct hash of the `AttesterSet` whose quorum decides.
/// @param salt Makes two otherwise equal escrows different.
struct EscrowTerms {
    bytes32 termsHash;
    address payer;
    address merchant;
    address feeReceiver;
    address referrer;
    address asset;
    uint120 total;
    uint48 payBy;
    uint48 stopDate;
    uint16 feeBps;
    uint16 referralBps;
    bytes32 attesters;
    bytes32 salt;
}

/// @notice Who may attest, immutable because terms name it by its hash.
/// @param members The attesters other than the required one and its standby.
/// @param required The attester without whose signature (or its standby's) there is no quorum.
/// @param standby Signs in the required attester's place, after an announcement and `standbyDelay`; zero for none.
/// @param standbyDelay Seconds between the announcement and the standby's signature counting.
/// @param threshold Distinct signers that make a quorum, at least 2; required and standby together count as one.
struct AttesterSet {
    address[] members;
    address required;
    address standby;
    uint48 standbyDelay;
    uint8 threshold;
}

/// @notice What the ledger decided about one escrow so far. Amounts are cumulative, so repeating one is harmless. What is
/// signed has the escrow's id as its first member; in a call the id follows from the terms.
/// @param ledgerId Which ledger decided.
/// @param decision The ledger's id of its newest decision about the escrow.
/// @param merchantGross All that the merchant's side shall have got, fee and referral included.
/// @param payerAmount All that the payer shall have got back.
/// @param validUntil The last second in which it can be settled (Unix seconds).
struct Entitlement {
    bytes32 ledgerId;
    bytes32 decision;
    uint120 merchantGross;
    uint120 payerAmount;
    uint48 validUntil;
}

/// @notice A signature by secp256k1 in the 64 bytes of ERC-2098.
/// @param r The curve point's x.
/// @param vs The scalar s, which is in the lower half of the order, and in the highest bit the parity of y.
struct Signature {
    bytes32 r;
    bytes32 vs;
}

/// @notice What the contract knows about an escrow.
/// @param merchantGross Cumulative amount paid to the merchant's side, fee and referral included.
/// @param payerAmount Cumulative amount paid to the payer, what was reclaimed included.
/// @param deposited The total arrived.
/// @param refunded Part of it went to the payer by an entitlement or by the merchant's word.
/// @param voided The whole went back to the payer by one entitlement, before the merchant's side got anything.
/// @param reclaimed What was undecided at the stop date went back to the payer.
/// @param payerNonce Nonce that the payer's next direct signature must carry.
/// @param merchantNonce Nonce that the merchant's next direct signature must carry.
struct EscrowStatus {
    uint120 merchantGross;
    uint120 payerAmount;
    bool deposited;
    bool refunded;
    bool voided;
    bool reclaimed;
    uint8 payerNonce;
    uint8 merchantNonce;
}

/// @notice Why terms can't be deposited on.
enum TermsFault {
    NoPayer,
    NoMerchant,
    NoFeeReceiver,
    NoReferrer,
    EscrowIsParty,
    NothingToDeposit,
    FeesOverTotal,
    StopsBeforePayBy
}

/// @notice Why an amount can't be paid, `None` when it can.
enum Refusal {
    None,
    NotDeposited,
    Expired,
    Decrease,
    OverTotal,
    NothingNew
}
