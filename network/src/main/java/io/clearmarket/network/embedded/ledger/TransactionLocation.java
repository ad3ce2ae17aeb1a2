package io.clearmarket.network.embedded.ledger;

import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Where a transaction id first occurred, and how it was judged. */
public record TransactionLocation(long block, int index, TxValidationCode code) {}
