package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PrivateRecord.Committed;
import io.clearmarket.network.embedded.ledger.PrivateRecord.Missing;
import io.clearmarket.network.embedded.ledger.PrivateRecord.Place;
import io.clearmarket.network.embedded.ledger.PrivateRecord.Transient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;

/**
 * A peer's private data in memory and on disk. Blocks cannot give it back, so each change is on disk before it counts. What is
 * purged or has expired is taken out of the file, too.
 */
final class PrivateStore implements AutoCloseable {
    /** Fabric's {@code peer.gossip.pvtData.transientstoreMaxBlockRetention}. */
    private static final long TRANSIENT_RETENTION_BLOCKS = 1000;

    private static final long WORTH_COMPACTING_BYTES = 1 << 20;

    private final Map<String, List<Transient>> transients = new ConcurrentHashMap<>();
    private final NavigableMap<Place, ByteString> committed = new ConcurrentSkipListMap<>();
    private final NavigableSet<Place> missing = new ConcurrentSkipListSet<>();
    private final Set<StateKey> collections = ConcurrentHashMap.newKeySet();
    private final PrivateFile file;
    private long garbageBytes;

    private PrivateStore(Path path) {
        this.file = PrivateFile.open(path, bytes -> take(PrivateRecord.parse(bytes)));
    }

    /**
     * Opens the store beside a ledger.
     *
     * @param height of the ledger: what was written for a block that then was not, does not count
     * @param known whether a transaction is committed, so that its transient data is no longer needed
     */
    static PrivateStore open(Path path, long height, Predicate<String> known) {
        PrivateStore store = new PrivateStore(path);
        store.committed.tailMap(Place.startOf(height)).clear();
        store.missing.tailSet(Place.startOf(height)).clear();
        store.transients.keySet().removeIf(known);
        return store;
    }

    private void take(PrivateRecord record) {
        switch (record) {
            case Transient data ->
                transients
                        .computeIfAbsent(data.transactionId(), id -> new ArrayList<>())
                        .add(data);
            case Committed data -> {
                committed.put(data.place(), data.plaintext());
                missing.remove(data.place());
                collections.add(
                        new StateKey(data.place().chaincode(), data.place().collection()));
            }
            case Missing data -> {
                missing.add(data.place());
                collections.add(
                        new StateKey(data.place().chaincode(), data.place().collection()));
            }
        }
    }

    synchronized void keep(Transient data) {
        List<Transient> known = transients.getOrDefault(data.transactionId(), List.of());
        if (known.stream().anyMatch(other -> other.plaintext().equals(data.plaintext()))) {
            return;
        }
        file.append(List.of(data.toBytes()));
        List<Transient> more = new ArrayList<>(known);
        more.add(data);
        transients.put(data.transactionId(), List.copyOf(more));
    }

    /** Every plaintext set that was handed over for this collection of a transaction; endorsers may disagree. */
    List<ByteString> transientSets(String transactionId, String chaincode, String collection) {
        List<ByteString> found = new ArrayList<>();
        for (Transient data : transients.getOrDefault(transactionId, List.of())) {
            for (NsPvtReadWriteSet namespace : parse(data.plaintext()).getNsPvtRwsetList()) {
                if (namespace.getNamespace().equals(chaincode)) {
                    namespace.getCollectionPvtRwsetList().stream()
                            .filter(set -> set.getCollectionName().equals(collection))
                            .forEach(set -> found.add(set.getRwset()));
                }
            }
        }
        return found;
    }

    private static TxPvtReadWriteSet parse(ByteString bytes) {
        try {
            return TxPvtReadWriteSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("kept private data can't be read", e);
        }
    }

    /** Adds what belongs to a block, and lets go of its transactions' transient data. */
    synchronized void commit(long height, List<PrivateRecord> records, Collection<String> transactionIds) {
        if (!records.isEmpty()) {
            file.append(records.stream().map(PrivateRecord::toBytes).toList());
            records.forEach(this::take);
        }
        for (String id : transactionIds) {
            List<Transient> done = transients.remove(id);
            if (done != null) {
                done.forEach(data -> garbageBytes += data.plaintext().size());
            }
        }
        transients.values().removeIf(data -> data.getLast().height() + TRANSIENT_RETENTION_BLOCKS < height);
        compactIfWorthIt();
    }

    /** Adds a set that was missing. */
    synchronized void supply(Place place, ByteString plaintext) {
        Committed found = new Committed(place, plaintext);
        file.append(List.of(found.toBytes()));
        take(found);
    }

    Optional<ByteString> find(Place place) {
        return Optional.ofNullable(committed.get(place));
    }

    /** Every committed set, oldest first. */
    Map<Place, ByteString> all() {
        return committed;
    }

    Map<Place, ByteString> ofBlock(long block) {
        return committed.subMap(Place.startOf(block), Place.startOf(block + 1));
    }

    Set<Place> missing() {
        return missing;
    }

    /** The collections, by chaincode and name, of which there is anything here. */
    Set<StateKey> collections() {
        return collections;
    }

    /** Forgets a collection's sets up to and including this block; the private keys that were in them. */
    synchronized Set<StateKey> forget(String chaincode, String collection, long upTo) {
        Predicate<Place> gone = place ->
                place.chaincode().equals(chaincode) && place.collection().equals(collection);
        Set<StateKey> keys = new HashSet<>();
        committed.headMap(Place.startOf(upTo + 1)).entrySet().removeIf(entry -> {
            boolean expired = gone.test(entry.getKey());
            if (expired) {
                garbageBytes += entry.getValue().size();
                writes(entry.getValue()).forEach(write -> keys.add(key(entry.getKey(), write)));
            }
            return expired;
        });
        missing.headSet(Place.startOf(upTo + 1)).removeIf(gone);
        compactIfWorthIt();
        return keys;
    }

    private static List<KVWrite> writes(ByteString keyValueSet) {
        return Plaintext.parse(keyValueSet).orElse(KVRWSet.getDefaultInstance()).getWritesList();
    }

    private static StateKey key(Place place, KVWrite write) {
        return new StateKey(HashedKeys.namespace(place.chaincode(), place.collection()), write.getKey());
    }

    /**
     * Takes every earlier value of the purged keys out of memory and file; the purging transactions' own sets stay.
     *
     * @return the purged private keys that were here
     */
    synchronized Set<StateKey> purge(Map<Place, Set<ByteString>> keyHashes) {
        Set<StateKey> purged = new HashSet<>();
        for (Map.Entry<Place, Set<ByteString>> purge : keyHashes.entrySet()) {
            Place until = purge.getKey();
            for (Map.Entry<Place, ByteString> entry : committed.headMap(until).entrySet()) {
                Place place = entry.getKey();
                if (place.chaincode().equals(until.chaincode())
                        && place.collection().equals(until.collection())) {
                    List<KVWrite> gone = writes(entry.getValue()).stream()
                            .filter(write -> purge.getValue().contains(HashedKeys.hash(write.getKey())))
                            .toList();
                    if (!gone.isEmpty()) {
                        gone.forEach(write -> purged.add(key(place, write)));
                        committed.put(place, without(entry.getValue(), gone));
                    }
                }
            }
        }
        if (!purged.isEmpty()) {
            compact();
        }
        return purged;
    }

    private static ByteString without(ByteString keyValueSet, List<KVWrite> gone) {
        KVRWSet.Builder set = Plaintext.parse(keyValueSet).orElse(KVRWSet.getDefaultInstance()).toBuilder();
        List<KVWrite> rest = set.getWritesList().stream()
                .filter(write -> !gone.contains(write))
                .toList();
        return set.clearWrites().addAllWrites(rest).build().toByteString();
    }

    private void compactIfWorthIt() {
        if (garbageBytes > WORTH_COMPACTING_BYTES) {
            compact();
        }
    }

    private void compact() {
        List<byte[]> live = new ArrayList<>();
        transients.values().forEach(all -> all.forEach(data -> live.add(data.toBytes())));
        committed.forEach((place, plaintext) -> live.add(new Committed(place, plaintext).toBytes()));
        missing.forEach(place -> live.add(new Missing(place).toBytes()));
        file.rewrite(live);
        garbageBytes = 0;
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
