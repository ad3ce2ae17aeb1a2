package io.clearmarket.gateway.client;

/** A command that is on the ledger. */
public record Committed(String transactionId, long block) {}
