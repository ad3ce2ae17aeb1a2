// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AttesterSet, Entitlement, EscrowTerms} from "./EscrowTypes.sol";

/// @title EscrowHashes
/// @notice EIP-712 struct hashes of everything that is signed or named by its hash.
library EscrowHashes {
    bytes32 internal constant TERMS_TYPEHASH = keccak256(
        "EscrowTerms(bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total,uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt)"
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
    bytes32 internal constant PAY_MERCHANT_TYPEHASH =
        keccak256("PayMerchant(bytes32 escrowId,uint120 merchantGross,uint8 nonce,uint48 validUntil)");
    bytes32 internal constant REFUND_PAYER_TYPEHASH =
        keccak256("RefundPayer(bytes32 escrowId,uint120 payerAmount,uint8 nonce,uint48 validUntil)");
    bytes32 internal constant SPLIT_TYPEHASH = keccak256(
        "Split(bytes32 escrowId,uint120 merchantGross,uint120 payerAmount,uint8 payerNonce,uint8 merchantNonce,uint48 validUntil)"
    );
    bytes32 internal constant STANDBY_OBJECTION_TYPEHASH =
        keccak256("StandbyObjection(bytes32 attesters,bytes32 digest)");

    function hash(EscrowTerms calldata terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(TERMS_TYPEHASH, terms));
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

    function hash(Entitlement calldata entitlement) internal pure returns (bytes32) {
        return keccak256(abi.encode(ENTITLEMENT_TYPEHASH, entitlement));
    }

    function hash(Entitlement[] calldata entitlements) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](entitlements.length);
        for (uint256 i; i < entitlements.length; ++i) {
            hashes[i] = hash(entitlements[i]);
        }
        return keccak256(abi.encode(BATCH_TYPEHASH, keccak256(abi.encodePacked(hashes))));
    }

    function payMerchant(bytes32 escrowId, uint120 merchantGross, uint8 nonce, uint48 validUntil)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(PAY_MERCHANT_TYPEHASH, escrowId, merchantGross, nonce, validUntil));
    }

    function refundPayer(bytes32 escrowId, uint120 payerAmount, uint8 nonce, uint48 validUntil)
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
        uint8 payerNonce,
        uint8 merchantNonce,
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
