package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.Digest;
import java.time.Instant;
import java.util.List;

/**
 * A committed block.
 *
 * @param number 0 for the first
 * @param hash SHA-256 of the block header, which the next block names
 * @param previousHash the hash that this block's header names; zero for block 0
 * @param receivedAt when this gateway received it, by its own clock
 * @param transactions all of them, valid or not, in ledger order
 */
public record LedgerBlock(
        long number, Digest hash, Digest previousHash, Instant receivedAt, List<LedgerTransaction> transactions) {
    public LedgerBlock {
        transactions = List.copyOf(transactions);
    }
}
