package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.Digest;

/**
 * A transaction that the organisations have endorsed and that waits for its creator's second signature.
 *
 * @param transactionId its id
 * @param payload the bytes to sign: Fabric's {@code Payload} of the envelope
 * @param digest SHA-256 of them
 * @param result what the chaincode answered
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record Endorsed(String transactionId, byte[] payload, Digest digest, byte[] result) {}
