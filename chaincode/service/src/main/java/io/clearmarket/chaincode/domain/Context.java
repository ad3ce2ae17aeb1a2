package io.clearmarket.chaincode.domain;

import java.time.Instant;

/**
 * What a decision depends on besides records and command.
 *
 * @param now the ledger time: the transaction's timestamp, which every endorser has checked against its own clock
 */
public record Context(Asker asker, Instant now) {}
