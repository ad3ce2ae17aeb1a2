package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jspecify.annotations.Nullable;

/** What a block's valid transactions change, last word per key, on top of the state before the block. */
final class UpdateBatch {
    /** The metadata name under which a key's endorsement policy is kept. */
    static final String VALIDATION_PARAMETER = "VALIDATION_PARAMETER";

    private final WorldState before;
    private final NavigableMap<String, NavigableMap<String, Update>> namespaces = new TreeMap<>(KeyOrder.COMPARATOR);

    UpdateBatch(WorldState before) {
        this.before = before;
    }

    /**
     * A key's new value.
     *
     * @param value null if deleted
     */
    record Update(@Nullable StateValue value, Version version) {}

    /** Receives updates in order of namespace and key. */
    interface Visitor {
        void visit(String namespace, String key, Update update);
    }

    void forEach(Visitor visitor) {
        namespaces.forEach((namespace, keys) -> keys.forEach((key, update) -> visitor.visit(namespace, key, update)));
    }

    /** True if an earlier transaction of the block wrote or deleted the key. */
    boolean touches(String namespace, String key) {
        NavigableMap<String, Update> keys = namespaces.get(namespace);
        return keys != null && keys.containsKey(key);
    }

    /** The updates of a namespace in key order. */
    NavigableMap<String, Update> namespace(String namespace) {
        return namespaces.getOrDefault(namespace, Collections.emptyNavigableMap());
    }

    /** The value after the updates so far. */
    @Nullable
    StateValue current(String namespace, String key) {
        NavigableMap<String, Update> keys = namespaces.get(namespace);
        Update update = keys == null ? null : keys.get(key);
        return update == null ? before.get(namespace, key) : update.value();
    }

    /** Adds the writes of a valid transaction (fabric-protocol 5.4). */
    void apply(List<NamespaceReadWrites> readWrites, Version version) {
        for (NamespaceReadWrites inNamespace : readWrites) {
            String namespace = inNamespace.namespace();
            for (KVWrite write : inNamespace.keys().getWritesList()) {
                boolean delete = write.getIsDelete() || write.getValue().isEmpty();
                put(namespace, write.getKey(), version, delete ? null : write.getValue(), null);
            }
            for (KVMetadataWrite metadata : inNamespace.keys().getMetadataWritesList()) {
                StateValue current = current(namespace, metadata.getKey());
                // without a value there is nothing that metadata could belong to: Fabric drops the write
                if (current != null) {
                    put(namespace, metadata.getKey(), version, current.value(), policy(metadata.getEntriesList()));
                }
            }
            inNamespace.collections().forEach(collection -> apply(collection, version));
        }
    }

    /** What every peer keeps of a private collection: per key's hash the value's hash. */
    private void apply(CollectionReadWrites collection, Version version) {
        for (KVWriteHash write : collection.hashes().getHashedWritesList()) {
            String key = HashedKeys.key(write.getKeyHash());
            put(collection.space(), key, version, write.getIsDelete() ? null : write.getValueHash(), null);
        }
        for (KVMetadataWriteHash metadata : collection.hashes().getMetadataWritesList()) {
            String key = HashedKeys.key(metadata.getKeyHash());
            StateValue current = current(collection.space(), key);
            if (current != null) {
                put(collection.space(), key, version, current.value(), policy(metadata.getEntriesList()));
            }
        }
    }

    /** A null policy means the one that is there stays. */
    private void put(
            String namespace, String key, Version version, @Nullable ByteString value, @Nullable ByteString policy) {
        StateValue next = null;
        if (value != null) {
            StateValue current = current(namespace, key);
            ByteString kept = current == null ? ByteString.EMPTY : current.policy();
            next = new StateValue(value, version, policy == null ? kept : policy);
        }
        namespaces
                .computeIfAbsent(namespace, n -> new TreeMap<>(KeyOrder.COMPARATOR))
                .put(key, new Update(next, version));
    }

    private static ByteString policy(List<KVMetadataEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.getName().equals(VALIDATION_PARAMETER))
                .map(KVMetadataEntry::getValue)
                .reduce(ByteString.EMPTY, (first, last) -> last);
    }
}
