package io.clearmarket.gateway.fabric;

import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in a block.
 *
 * @param index its place in the block
 * @param id the transaction id, lower-case hexadecimal; "" for a configuration transaction
 * @param valid true if its writes took effect
 * @param code Fabric's validation code, such as {@code VALID} or {@code MVCC_READ_CONFLICT}
 * @param creator whose key signed it; absent for configuration transactions and invalid ones
 * @param creatorMsp the creator's organisation; "" where there is none
 * @param timestamp the ledger time that the creator chose
 * @param writes what it wrote in our chaincode's namespace; of an invalid transaction nothing
 * @param creatorCertificate SHA-256 of the DER of the certificate that signed it, in hexadecimal; "" where there is none
 * @param publicWrites what it wrote in any namespace, in the order of its read-write set; of an invalid transaction nothing
 * @param event the chaincode's event; absent for an invalid transaction and for those without one
 * @param endorsers whose peers signed the result, in the transaction's order; of an invalid transaction none
 */
public record LedgerTransaction(
        int index,
        String id,
        boolean valid,
        String code,
        @Nullable PartyId creator,
        String creatorMsp,
        Instant timestamp,
        List<Write> writes,
        String creatorCertificate,
        List<PublicWrite> publicWrites,
        @Nullable DomainEvent event,
        List<Endorser> endorsers) {
    public LedgerTransaction {
        writes = List.copyOf(writes);
        publicWrites = List.copyOf(publicWrites);
        endorsers = List.copyOf(endorsers);
    }
}
