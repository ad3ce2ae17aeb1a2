package io.clearmarket.network.embedded.ledger;

/**
 * A key of the world state.
 *
 * @param namespace a chaincode's, or that of a collection's hashes ({@link HashedKeys})
 */
record StateKey(String namespace, String key) {}
