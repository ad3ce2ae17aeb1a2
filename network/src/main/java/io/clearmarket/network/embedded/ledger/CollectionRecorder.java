package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a simulation does with one private collection and builds both halves: the plaintext set, which travels beside
 * the transaction, and the hashed one, which stands in it. Both are in the order of the plaintext keys.
 */
final class CollectionRecorder {
    private final Map<String, Optional<Version>> reads = new TreeMap<>(KeyOrder.COMPARATOR);
    private final Map<String, Write> writes = new TreeMap<>(KeyOrder.COMPARATOR);
    private final Map<String, ByteString> policies = new TreeMap<>(KeyOrder.COMPARATOR);

    private record Write(ByteString value, boolean purge) {}

    void read(String key, @Nullable Version version) {
        reads.put(key, Optional.ofNullable(version));
    }

    /** An empty value is a deletion. */
    void write(String key, ByteString value) {
        writes.put(key, new Write(value, false));
    }

    void purge(String key) {
        writes.put(key, new Write(ByteString.EMPTY, true));
    }

    void writeMetadata(String key, ByteString policy) {
        policies.put(key, policy);
    }

    boolean isRead() {
        return !reads.isEmpty();
    }

    /** The plaintext set; empty if nothing was written. */
    Optional<CollectionPvtReadWriteSet> plaintext(String collection) {
        if (writes.isEmpty() && policies.isEmpty()) {
            return Optional.empty();
        }
        KVRWSet.Builder set = KVRWSet.newBuilder();
        writes.forEach((key, write) -> set.addWrites(KVWrite.newBuilder()
                .setKey(key)
                .setIsDelete(write.value().isEmpty())
                .setValue(write.value())));
        // the key alone: peers need it to see that the version changed, the policy itself stands by the hash
        policies.keySet()
                .forEach(key ->
                        set.addMetadataWrites(KVMetadataWrite.newBuilder().setKey(key)));
        return Optional.of(CollectionPvtReadWriteSet.newBuilder()
                .setCollectionName(collection)
                .setRwset(set.build().toByteString())
                .build());
    }

    CollectionHashedReadWriteSet hashed(String collection) {
        HashedRWSet.Builder set = HashedRWSet.newBuilder();
        reads.forEach((key, version) -> set.addHashedReads(read(HashedKeys.hash(key), version)));
        writes.forEach((key, write) -> set.addHashedWrites(hashed(HashedKeys.hash(key), write)));
        policies.forEach((key, policy) -> set.addMetadataWrites(KVMetadataWriteHash.newBuilder()
                .setKeyHash(HashedKeys.hash(key))
                .addEntries(KVMetadataEntry.newBuilder()
                        .setName(UpdateBatch.VALIDATION_PARAMETER)
                        .setValue(policy))));
        CollectionHashedReadWriteSet.Builder hashed = CollectionHashedReadWriteSet.newBuilder()
                .setCollectionName(collection)
                .setHashedRwset(set.build().toByteString());
        plaintext(collection).ifPresent(plain -> hashed.setPvtRwsetHash(HashedKeys.hash(plain.getRwset())));
        return hashed.build();
    }

    private static KVReadHash read(ByteString keyHash, Optional<Version> version) {
        KVReadHash.Builder read = KVReadHash.newBuilder().setKeyHash(keyHash);
        version.ifPresent(v -> read.setVersion(v.toProto()));
        return read.build();
    }

    private static KVWriteHash hashed(ByteString keyHash, Write write) {
        KVWriteHash.Builder hashed =
                KVWriteHash.newBuilder().setKeyHash(keyHash).setIsPurge(write.purge());
        return write.value().isEmpty()
                ? hashed.setIsDelete(true).build()
                : hashed.setValueHash(HashedKeys.hash(write.value())).build();
    }
}
