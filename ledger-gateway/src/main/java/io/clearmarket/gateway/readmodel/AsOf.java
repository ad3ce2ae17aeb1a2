package io.clearmarket.gateway.readmodel;

import io.clearmarket.chaincode.api.Digest;

/**
 * The block up to which an answer is true.
 *
 * @param block its number; -1 before the first block
 * @param hash its header's hash; zero before the first block
 */
public record AsOf(long block, Digest hash) {}
