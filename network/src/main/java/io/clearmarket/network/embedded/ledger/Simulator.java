package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.jspecify.annotations.Nullable;

/**
 * One invocation's view of the state: reads one committed height, collects a read-write set, changes nothing. Own writes
 * are not read back (fabric-protocol 4.2). Not thread-safe: a shim has one request in flight per transaction.
 */
public interface Simulator extends AutoCloseable {
    /** A refused stub call; the text is the cause that a peer logs. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    /** The committed value, or empty bytes where there is none. */
    ByteString getState(String namespace, String key) throws Refused;

    /** Records a write; empty value means delete. */
    void putState(String namespace, String key, ByteString value) throws Refused;

    void deleteState(String namespace, String key) throws Refused;

    /** Key-level validation parameter (SignaturePolicyEnvelope bytes) or null; records a read of the key. */
    @Nullable
    ByteString getValidationParameter(String namespace, String key) throws Refused;

    void putValidationParameter(String namespace, String key, ByteString policy) throws Refused;

    /**
     * A range scan [start, end), end "" = end of namespace; the cursor prefetches by 100 as a peer does and records a
     * RangeQueryInfo when it is closed or the simulation ends.
     */
    Cursor range(String namespace, String start, String end) throws Refused;

    /** One page: at most pageSize (0 = limit 100000); a bookmark replaces start. */
    Page page(String namespace, String start, String end, int pageSize, String bookmark) throws Refused;

    /** Newest first, from committed blocks. */
    List<KeyModification> history(String namespace, String key) throws Refused;

    /** Fabric's read of {@code _lifecycle namespaces/fields/<chaincode>/Sequence}; call once per invoked chaincode. */
    void readDefinition(String chaincode);

    /** The same for private collections. */
    PrivateSimulator privateData();

    /** The read-write set so far, built once, in Fabric's order. */
    TxReadWriteSet results();

    /** The plaintext that belongs to the hashes in {@link #results}; empty if no collection was written. */
    TxPvtReadWriteSet privateResults();

    @Override
    void close();

    /** Batches of a range scan. */
    interface Cursor {
        /** The next batch of at most 100; {@code hasMore} only if a further result was already fetched. */
        Batch next();

        void close();
    }

    record Batch(List<KV> results, boolean hasMore) {}

    record Page(List<KV> results, String bookmark) {}
}
