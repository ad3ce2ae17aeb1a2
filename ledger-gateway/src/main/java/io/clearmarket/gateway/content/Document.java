package io.clearmarket.gateway.content;

import io.clearmarket.chaincode.api.Digest;

/**
 * A stored document.
 *
 * @param mediaType as said by who stored it
 * @param storedBy the party id or the token's subject
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record Document(Digest hash, String mediaType, byte[] bytes, String storedBy) {}
