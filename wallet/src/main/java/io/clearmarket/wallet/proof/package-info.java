/**
 * Proofs that a record is on the ledger, checked without any network: RFC 6962 Merkle trees, C2SP signed notes, checkpoints,
 * cosignatures, trust policies and proofs, and our proof file around them. All input is taken to be hostile.
 */
@NullMarked
package io.clearmarket.wallet.proof;

import org.jspecify.annotations.NullMarked;
