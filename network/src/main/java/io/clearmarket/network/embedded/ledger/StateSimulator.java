package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.jspecify.annotations.Nullable;

/** A simulation over one snapshot of the state. */
final class StateSimulator implements Simulator {
    private final WorldState state;
    private final HistorySource history;
    private final ReadWriteRecorder recorder = new ReadWriteRecorder();
    private final SimulationGuards guards;
    private final PrivateStateSimulator privateData;
    private @Nullable TxReadWriteSet results;
    private @Nullable TxPvtReadWriteSet privateResults;

    StateSimulator(PrivateStateSimulator.Snapshot snapshot, HistorySource history, String transactionId) {
        this.state = snapshot.state();
        this.history = history;
        this.guards = new SimulationGuards(transactionId);
        this.privateData = new PrivateStateSimulator(snapshot, recorder, guards);
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
        guards.refuseAfterEnd();
        StateValue committed = state.get(namespace, key);
        recorder.read(namespace, key, committed == null ? null : committed.version());
        return committed;
    }

    @Override
    public void putState(String namespace, String key, ByteString value) throws Refused {
        guards.beforeWrite();
        recorder.write(namespace, key, value);
    }

    @Override
    public void deleteState(String namespace, String key) throws Refused {
        putState(namespace, key, ByteString.EMPTY);
    }

    @Override
    public void putValidationParameter(String namespace, String key, ByteString policy) throws Refused {
        guards.beforeWrite();
        recorder.writeMetadata(namespace, key, policy);
    }

    @Override
    public Cursor range(String namespace, String start, String end) {
        guards.refuseAfterEnd();
        RecordedScan scan = new RecordedScan(namespace, start, end);
        return new BatchedCursor(scan::next);
    }

    @Override
    public Page page(String namespace, String start, String end, int pageSize, String bookmark) throws Refused {
        guards.beforePaginatedQuery();
        int limit =
                pageSize > 0 ? Math.min(pageSize, BatchedCursor.TOTAL_QUERY_LIMIT) : BatchedCursor.TOTAL_QUERY_LIMIT;
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
        guards.refuseAfterEnd();
        return history.of(namespace, key);
    }

    @Override
    public void readDefinition(String chaincode) {
        read(LifecycleNamespace.NAME, LifecycleNamespace.sequenceKey(chaincode));
    }

    @Override
    public PrivateSimulator privateData() {
        return privateData;
    }

    @Override
    public TxReadWriteSet results() {
        TxReadWriteSet built = results;
        if (built == null) {
            built = recorder.build();
            results = built;
            privateResults = recorder.buildPrivate();
            guards.end();
        }
        return built;
    }

    @Override
    public TxPvtReadWriteSet privateResults() {
        results();
        return Objects.requireNonNull(privateResults);
    }

    @Override
    public void close() {
        guards.end();
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
            guards.refuseAfterEnd();
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
}
