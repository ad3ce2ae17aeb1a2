package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.jspecify.annotations.Nullable;

/** Collects what a simulation does and builds its read-write set in Fabric's order (fabric-protocol 4.1, 4.2). */
final class ReadWriteRecorder {
    private final Map<String, Namespace> namespaces = new TreeMap<>(KeyOrder.COMPARATOR);

    private static final class Namespace {
        private final Map<String, Optional<Version>> reads = new TreeMap<>(KeyOrder.COMPARATOR);
        private final Map<String, ByteString> writes = new TreeMap<>(KeyOrder.COMPARATOR);
        private final Map<String, ByteString> policies = new TreeMap<>(KeyOrder.COMPARATOR);
        private final List<Range> ranges = new ArrayList<>();
        private final Map<String, CollectionRecorder> collections = new TreeMap<>(KeyOrder.COMPARATOR);
    }

    /** A null version records that the key was absent. */
    void read(String namespace, String key, @Nullable Version version) {
        in(namespace).reads.putIfAbsent(key, Optional.ofNullable(version));
    }

    /** The last write of a key counts; an empty value is a deletion. */
    void write(String namespace, String key, ByteString value) {
        in(namespace).writes.put(key, value);
    }

    void writeMetadata(String namespace, String key, ByteString policy) {
        in(namespace).policies.put(key, policy);
    }

    Range range(String namespace, String start, String end) {
        Range range = new Range(start, end);
        in(namespace).ranges.add(range);
        return range;
    }

    /** What is done to a private collection. */
    CollectionRecorder collection(String namespace, String collection) {
        return in(namespace).collections.computeIfAbsent(collection, c -> new CollectionRecorder());
    }

    private Namespace in(String namespace) {
        return namespaces.computeIfAbsent(namespace, n -> new Namespace());
    }

    TxReadWriteSet build() {
        TxReadWriteSet.Builder set = TxReadWriteSet.newBuilder().setDataModel(TxReadWriteSet.DataModel.KV);
        namespaces.forEach((name, namespace) -> {
            NsReadWriteSet.Builder inNamespace = NsReadWriteSet.newBuilder()
                    .setNamespace(name)
                    .setRwset(build(namespace).toByteString());
            namespace.collections.forEach(
                    (collection, recorder) -> inNamespace.addCollectionHashedRwset(recorder.hashed(collection)));
            set.addNsRwset(inNamespace);
        });
        return set.build();
    }

    /** The plaintext of the collections that were written. */
    TxPvtReadWriteSet buildPrivate() {
        TxPvtReadWriteSet.Builder set = TxPvtReadWriteSet.newBuilder();
        namespaces.forEach((name, namespace) -> {
            NsPvtReadWriteSet.Builder inNamespace =
                    NsPvtReadWriteSet.newBuilder().setNamespace(name);
            namespace.collections.forEach((collection, recorder) ->
                    recorder.plaintext(collection).ifPresent(inNamespace::addCollectionPvtRwset));
            if (inNamespace.getCollectionPvtRwsetCount() > 0) {
                set.addNsPvtRwset(inNamespace);
            }
        });
        return set.build();
    }

    private static KVRWSet build(Namespace namespace) {
        KVRWSet.Builder set = KVRWSet.newBuilder();
        namespace.reads.forEach((key, version) -> set.addReads(version.map(v -> RangeReads.read(key, v))
                .orElseGet(() -> KVRead.newBuilder().setKey(key).build())));
        Set<RangeKey> recorded = new HashSet<>();
        for (Range range : namespace.ranges) {
            RangeQueryInfo info = range.info();
            if (recorded.add(new RangeKey(info.getStartKey(), info.getEndKey(), info.getItrExhausted()))) {
                set.addRangeQueriesInfo(info);
            }
        }
        namespace.writes.forEach((key, value) -> set.addWrites(
                KVWrite.newBuilder().setKey(key).setIsDelete(value.isEmpty()).setValue(value)));
        namespace.policies.forEach((key, policy) -> set.addMetadataWrites(KVMetadataWrite.newBuilder()
                .setKey(key)
                .addEntries(KVMetadataEntry.newBuilder()
                        .setName(UpdateBatch.VALIDATION_PARAMETER)
                        .setValue(policy))));
        return set.build();
    }

    private record RangeKey(String start, String end, boolean exhausted) {}

    /** The trace of one scan. */
    static final class Range {
        private final String start;
        private final String end;
        private final RangeReads reads = new RangeReads(RangeReads.MAX_DEGREE);
        private String reached = "";
        private boolean exhausted;

        Range(String start, String end) {
            this.start = start;
            this.end = end;
        }

        void returned(String key, Version version) {
            reads.add(key, version);
            reached = key;
        }

        void exhausted() {
            exhausted = true;
        }

        private RangeQueryInfo info() {
            RangeQueryInfo.Builder info = RangeQueryInfo.newBuilder()
                    .setStartKey(start)
                    .setEndKey(exhausted ? end : reached)
                    .setItrExhausted(exhausted);
            reads.into(info);
            return info.build();
        }
    }
}
