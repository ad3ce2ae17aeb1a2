package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;

/** Where a log is; the three together are its identity, whatever happens to the chain. */
public record LogRef(BlockRef block, Digest transaction, long logIndex) {}
