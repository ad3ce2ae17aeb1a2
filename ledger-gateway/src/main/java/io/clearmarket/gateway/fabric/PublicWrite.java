package io.clearmarket.gateway.fabric;

import org.jspecify.annotations.Nullable;

/**
 * What a valid transaction wrote under one key, in any namespace; private data appears in blocks only as hashes and is not
 * among these.
 *
 * @param namespace the chaincode's name, {@code _lifecycle}, or "" for the channel's configuration
 * @param key the key in the world state
 * @param value the value; null if the key was deleted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every value of every block costs
public record PublicWrite(String namespace, String key, byte @Nullable [] value) {}
