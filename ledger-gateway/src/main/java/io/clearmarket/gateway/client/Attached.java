package io.clearmarket.gateway.client;

/**
 * A document that a command names by its SHA-256, brought along with it.
 *
 * @param mediaType such as {@code application/ld+json}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record Attached(String mediaType, byte[] content) {}
