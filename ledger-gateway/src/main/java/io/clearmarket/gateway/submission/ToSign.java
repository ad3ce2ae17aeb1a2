package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.Digest;

/**
 * Bytes that wait for their creator's signature.
 *
 * @param transactionId the transaction that they are of
 * @param bytes what to sign: Fabric's {@code Proposal} first, then its {@code Payload}
 * @param digest SHA-256 of them
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record ToSign(String transactionId, byte[] bytes, Digest digest) {}
