package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.jspecify.annotations.Nullable;

/** A simulation over one snapshot of the state. */
final class StateSimulator implements Simulator {
    /** {@code ledger.state.totalQueryLimit}: a scan ends there without a word. */
    private static final int TOTAL_QUERY_LIMIT = 100_000;

    private static final int BATCH = 100;

    private final WorldState state;
    private final HistorySource history;
    private final String transactionId;
    private final ReadWriteRecorder recorder = new ReadWriteRecorder();
    private boolean written;
    private boolean paginated;
    private boolean ended;
    private @Nullable TxReadWriteSet results;

    StateSimulator(WorldState state, HistorySource history, String transactionId) {
        this.state = state;
        this.history = history;
        this.transactionId = transactionId;
    }

    /** Where a key's history comes from. */
    interface HistorySource {
        List<KeyModification> of(String namespace, String key);
    }

    @Override
    public ByteString getState(String namespace, String key) {
        StateValue committed = read(namespace, key);
        return committed == null ? ByteString.EMPTY : committed.value();
    }

    @Override
    public @Nullable ByteString getValidationParameter(String namespace, String key) {
        StateValue committed = read(namespace, key);
        return committed == null || committed.policy().isEmpty() ? null : committed.policy();
    }

    private @Nullable StateValue read(String namespace, String key) {
        refuseAfterEnd();
        StateValue committed = state.get(namespace, key);
        recorder.read(namespace, key, committed == null ? null : committed.version());
        return committed;
    }

    @Override
    public void putState(String namespace, String key, ByteString value) throws Refused {
        beforeWrite();
        recorder.write(namespace, key, value);
    }

    @Override
    public void deleteState(String namespace, String key) throws Refused {
        putState(namespace, key, ByteString.EMPTY);
    }

    @Override
    public void putValidationParameter(String namespace, String key, ByteString policy) throws Refused {
        beforeWrite();
        recorder.writeMetadata(namespace, key, policy);
    }

    private void beforeWrite() throws Refused {
        refuseAfterEnd();
        if (paginated) {
            throw new Refused("txid [" + transactionId + "]: unsuppored transaction. Transaction has already performed"
                    + " a paginated query. Writes are not allowed");
        }
        written = true;
    }

    @Override
    public Cursor range(String namespace, String start, String end) {
        refuseAfterEnd();
        return new StateCursor(new RecordedScan(namespace, start, end));
    }

    @Override
    public Page page(String namespace, String start, String end, int pageSize, String bookmark) throws Refused {
        refuseAfterEnd();
        if (written) {
            throw new Refused("txid [" + transactionId + "]: unsuppored transaction. Paginated queries are supported"
                    + " only in a read-only transaction");
        }
        paginated = true;
        int limit = pageSize > 0 ? Math.min(pageSize, TOTAL_QUERY_LIMIT) : TOTAL_QUERY_LIMIT;
        RecordedScan scan = new RecordedScan(namespace, bookmark.isEmpty() ? start : bookmark, end);
        List<KV> page = new ArrayList<>();
        while (page.size() < limit) {
            KV result = scan.next();
            if (result == null) {
                return new Page(page, "");
            }
            page.add(result);
        }
        return new Page(page, scan.peekKey());
    }

    @Override
    public List<KeyModification> history(String namespace, String key) {
        refuseAfterEnd();
        return history.of(namespace, key);
    }

    @Override
    public void readDefinition(String chaincode) {
        read(LifecycleNamespace.NAME, LifecycleNamespace.sequenceKey(chaincode));
    }

    @Override
    public TxReadWriteSet results() {
        TxReadWriteSet built = results;
        if (built == null) {
            built = recorder.build();
            results = built;
            ended = true;
        }
        return built;
    }

    private void refuseAfterEnd() {
        if (ended) {
            throw new IllegalStateException("the simulation of " + transactionId + " has ended");
        }
    }

    @Override
    public void close() {
        ended = true;
    }

    /** A scan that leaves its trace in the read-write set. */
    private final class RecordedScan {
        private final String namespace;
        private final RangeScan scan;
        private final ReadWriteRecorder.Range trace;

        RecordedScan(String namespace, String start, String end) {
            this.namespace = namespace;
            this.scan = RangeScan.of(state, namespace, start, end);
            this.trace = recorder.range(namespace, start, end);
        }

        @Nullable
        KV next() {
            refuseAfterEnd();
            if (!scan.hasNext()) {
                trace.exhausted();
                return null;
            }
            SortedTree.Entry<StateValue> entry = scan.next();
            trace.returned(entry.key(), entry.value().version());
            return KV.newBuilder()
                    .setNamespace(namespace)
                    .setKey(entry.key())
                    .setValue(entry.value().value())
                    .build();
        }

        String peekKey() {
            return scan.hasNext() ? scan.next().key() : "";
        }
    }

    /** Batches with the peer's read-ahead: a batch is cut only when the result after it was fetched. */
    private static final class StateCursor implements Cursor {
        private final RecordedScan scan;
        private List<KV> pending = new ArrayList<>();
        private int fetched;
        private boolean closed;

        StateCursor(RecordedScan scan) {
            this.scan = scan;
        }

        @Override
        public Batch next() {
            while (!closed && fetched < TOTAL_QUERY_LIMIT) {
                KV result = scan.next();
                if (result == null) {
                    break;
                }
                fetched++;
                if (pending.size() == BATCH) {
                    List<KV> full = pending;
                    pending = new ArrayList<>(List.of(result));
                    return new Batch(full, true);
                }
                pending.add(result);
            }
            closed = true;
            List<KV> rest = pending;
            pending = List.of();
            return new Batch(rest, false);
        }

        @Override
        public void close() {
            closed = true;
            pending = List.of();
        }
    }
}
