package io.clearmarket.network.embedded.ledger;

/** Where a key was last written: block number and the transaction's index in it. */
public record Version(long block, long transaction) {}
