package io.clearmarket.gateway.submission;

/**
 * The organisations' agreement to a transaction.
 *
 * @param transaction to be signed by its creator once more
 * @param result what the chaincode answered, JSON
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record Endorsement(ToSign transaction, byte[] result) {}
