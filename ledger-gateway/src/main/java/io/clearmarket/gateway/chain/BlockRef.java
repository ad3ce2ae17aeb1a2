package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import java.time.Instant;

/** A block of the settlement chain. */
public record BlockRef(long number, Digest hash, Instant time) {}
