// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttesterSet} from "./EscrowTypes.sol";

/// @title EscrowHashes
/// @notice EIP-712 struct hashes of everything that is signed or named by its hash.
/// @dev A struct of static members is encoded in calldata as EIP-712 encodes it for hashing. So terms and entitlements are
/// hashed as the caller sent them, which costs a tenth of decoding and encoding each member. A member with bits beyond
/// its type gives another hash, which names no escrow and which nobody signed; at a deposit, which names one, all
/// members are read, and reading refuses such bits.
library EscrowHashes {
    /// @notice Bytes of `EscrowTerms` in calldata.
    uint256 internal constant TERMS_SIZE = 13 * 32;
    /// @notice Bytes of `Entitlement` in calldata.
    uint256 internal constant ENTITLEMENT_SIZE = 5 * 32;

    bytes32 internal constant TERMS_TYPEHASH = keccak256(
        "EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)"
    );
    bytes32 internal constant DEPOSIT_CONSENT_TYPEHASH = keccak256(
        "DepositConsent(EscrowTerms terms)EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)"
    );
    bytes32 internal constant ATTESTER_SET_TYPEHASH = keccak256(
        "AttesterSet(address[] members,address required,address standby,uint48 standbyDelay,uint8 threshold)"
    );
    bytes32 internal constant ENTITLEMENT_TYPEHASH = keccak256(
        "Entitlement(bytes32 escrowId,bytes32 ledgerId,bytes32 decision,uint120 merchantGross,uint120 payerAmount,uint48 validUntil)"
    );
    bytes32 internal constant BATCH_TYPEHASH = keccak256(
        "EntitlementBatch(Entitlement[] entitlements)Entitlement(bytes32 escrowId,bytes32 ledgerId,bytes32 decision,uint120 merchantGross,uint120 payerAmount,uint48 validUntil)"
    );
    bytes32 internal constant PAY_MERCHANT_TYPEHASH = keccak256(
        "PayMerchant(bytes32 escrowId,uint120 merchantGross,uint8 nonce,uint48 validUntil)"
    );
    bytes32 internal constant REFUND_PAYER_TYPEHASH = keccak256(
        "RefundPayer(bytes32 escrowId,uint120 payerAmount,uint8 nonce,uint48 validUntil)"
    );
    bytes32 internal constant SPLIT_TYPEHASH = keccak256(
        "Split(bytes32 escrowId,uint120 merchantGross,uint120 payerAmount,uint8 payerNonce,uint8 merchantNonce,uint48 validUntil)"
    );
    bytes32 internal constant STANDBY_OBJECTION_TYPEHASH = keccak256(
        "StandbyObjection(bytes32 attesters,bytes32 digest)"
    );

    /// @notice The struct hash of the terms that are a function's first parameter.
    function firstTerms() internal pure returns (bytes32) {
        return terms(msg.data[4:4 + TERMS_SIZE]);
    }

    /// @param words `EscrowTerms` as encoded in calldata.
    function terms(bytes calldata words) internal pure returns (bytes32) {
        return keccak256(bytes.concat(TERMS_TYPEHASH, words));
    }

    /// @param words `Entitlement` as encoded in calldata.
    function entitlement(bytes32 escrowId, bytes calldata words) internal pure returns (bytes32) {
        return keccak256(bytes.concat(ENTITLEMENT_TYPEHASH, escrowId, words));
    }

    /// @param entitlements The struct hashes of the entitlements.
    function batch(bytes32[] memory entitlements) internal pure returns (bytes32) {
        return keccak256(abi.encode(BATCH_TYPEHASH, keccak256(abi.encodePacked(entitlements))));
    }

    /// @notice The elements of an array parameter as encoded in calldata.
    /// @param parameter Its word in the function's arguments, from 0.
    /// @param size Bytes of all elements, which are static.
    function elements(uint256 parameter, uint256 size) internal pure returns (bytes calldata) {
        // arguments begin after the selector; the parameter's word says how far behind that the length is
        uint256 head = 4 + 32 * parameter;
        uint256 start = 4 + uint256(bytes32(msg.data[head:head + 32])) + 32;
        return msg.data[start:start + size];
    }

    /// @param termsHash The struct hash of the terms.
    function depositConsent(bytes32 termsHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(DEPOSIT_CONSENT_TYPEHASH, termsHash));
    }

    function hash(AttesterSet calldata set) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                ATTESTER_SET_TYPEHASH,
                // encodePacked pads the elements of an array to 32 bytes, as EIP-712 wants them
                keccak256(abi.encodePacked(set.members)),
                set.required,
                set.standby,
                set.standbyDelay,
                set.threshold
            )
        );
    }

    function payMerchant(bytes32 escrowId, uint120 merchantGross, uint256 nonce, uint48 validUntil)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(PAY_MERCHANT_TYPEHASH, escrowId, merchantGross, nonce, validUntil));
    }

    function refundPayer(bytes32 escrowId, uint120 payerAmount, uint256 nonce, uint48 validUntil)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(REFUND_PAYER_TYPEHASH, escrowId, payerAmount, nonce, validUntil));
    }

    function split(
        bytes32 escrowId,
        uint120 merchantGross,
        uint120 payerAmount,
        uint256 payerNonce,
        uint256 merchantNonce,
        uint48 validUntil
    ) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(SPLIT_TYPEHASH, escrowId, merchantGross, payerAmount, payerNonce, merchantNonce, validUntil)
        );
    }

    function standbyObjection(bytes32 attesters, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(STANDBY_OBJECTION_TYPEHASH, attesters, digest));
    }
}
