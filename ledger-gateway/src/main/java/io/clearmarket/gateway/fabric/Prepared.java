package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.Digest;

/**
 * A transaction that waits for its creator's first signature.
 *
 * @param transactionId its id, SHA-256 of nonce and creator
 * @param proposal the bytes to sign: Fabric's {@code Proposal}
 * @param digest SHA-256 of them
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record Prepared(String transactionId, byte[] proposal, Digest digest) {}
