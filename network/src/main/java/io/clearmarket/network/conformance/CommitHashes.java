package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.equal;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;

/** COMMIT_HASH recomputed from block 0, with a replay of the state of its own (fabric-protocol 2.7). */
final class CommitHashes {
    /** Where a key is; collection is "" for public state. Sorted as the hash sorts. */
    private record Place(String namespace, String collection, ByteString key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byNamespace = Hashing.compareUtf8(namespace, other.namespace);
            int byCollection = Hashing.compareUtf8(collection, other.collection);
            return byNamespace != 0
                    ? byNamespace
                    : byCollection != 0
                            ? byCollection
                            : ByteString.unsignedLexicographicalComparator().compare(key, other.key);
        }
    }

    /** A value and its writer's index in the block; an empty value is a delete. */
    private record Change(ByteString value, int transaction) {}

    private final Map<Place, ByteString> state = new TreeMap<>();
    private ByteString previous = ByteString.EMPTY;

    private CommitHashes() {}

    static void check(Rig rig) throws Exception {
        CommitHashes replay = new CommitHashes();
        long height = rig.client().height();
        rig.awaitSame();
        for (long number = 0; number < height; number++) {
            Block block = rig.client().block(number);
            ByteString stored = block.getMetadata().getMetadata(4);
            if (number == 0) {
                equal("commit hash of block 0", ByteString.EMPTY, stored);
                continue;
            }
            ByteString hash = Metadata.parseFrom(stored).getValue();
            equal("commit hash of block " + number, replay.next(block), hash);
            ByteString other = Metadata.parseFrom(rig.user(NetworkPlan.AUDIT)
                            .block(number)
                            .getMetadata()
                            .getMetadata(4))
                    .getValue();
            equal("the other peer's commit hash of block " + number, hash, other);
        }
    }

    private ByteString next(Block block) throws IOException {
        Map<Place, Change> changes = changes(block);
        ByteString filter = block.getMetadata().getMetadata(2);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(input);
        out.writeBytesNoTag(filter);
        String namespace = "";
        String collection = "";
        for (Map.Entry<Place, Change> each : changes.entrySet()) {
            Place place = each.getKey();
            boolean sameNamespace = place.namespace().equals(namespace);
            boolean sameCollection = sameNamespace && place.collection().equals(collection);
            byte[] item = item(
                    sameNamespace ? "" : place.namespace(),
                    sameCollection ? "" : place.collection(),
                    place.key(),
                    each.getValue(),
                    block.getHeader().getNumber());
            out.writeByteArray(1, item);
            namespace = place.namespace();
            collection = place.collection();
        }
        out.flush();
        input.write(previous.toByteArray());
        previous = ByteString.copyFrom(Hashing.sha256(input.toByteArray()));
        return previous;
    }

    private static byte[] item(String namespace, String collection, ByteString key, Change change, long block)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        if (!namespace.isEmpty()) {
            out.writeString(1, namespace);
        }
        if (!collection.isEmpty()) {
            out.writeString(2, collection);
        }
        out.writeBytes(3, key);
        if (change.value().isEmpty()) {
            out.writeBool(4, true);
        } else {
            out.writeBytes(5, change.value());
        }
        ByteArrayOutputStream version = new ByteArrayOutputStream();
        number(block, version);
        number(change.transaction(), version);
        out.writeByteArray(6, version.toByteArray());
        out.flush();
        return bytes.toByteArray();
    }

    private static void number(long value, ByteArrayOutputStream out) {
        byte[] minimal =
                value == 0 ? new byte[0] : java.math.BigInteger.valueOf(value).toByteArray();
        int from = minimal.length > 0 && minimal[0] == 0 ? 1 : 0;
        out.write(minimal.length - from);
        out.write(minimal, from, minimal.length - from);
    }

    /** Applies the block's valid transactions to the state. */
    private Map<Place, Change> changes(Block block) throws IOException {
        Map<Place, Change> changes = new TreeMap<>();
        List<TransactionView> views = TransactionView.of(block);
        for (int i = 0; i < views.size(); i++) {
            if (views.get(i).code() != 0) {
                continue;
            }
            for (NsReadWriteSet set : views.get(i).readWrites().getNsRwsetList()) {
                for (Map.Entry<Place, ByteString> write : writes(set)) {
                    changes.put(write.getKey(), new Change(write.getValue(), i));
                    state.put(write.getKey(), write.getValue());
                }
            }
        }
        return changes;
    }

    private List<Map.Entry<Place, ByteString>> writes(NsReadWriteSet set) throws IOException {
        List<Map.Entry<Place, ByteString>> writes = new ArrayList<>();
        KVRWSet keys = KVRWSet.parseFrom(set.getRwset());
        Map<Place, ByteString> own = new TreeMap<>();
        for (KVWrite write : keys.getWritesList()) {
            Place place = new Place(set.getNamespace(), "", ByteString.copyFrom(write.getKey(), UTF_8));
            own.put(place, write.getIsDelete() ? ByteString.EMPTY : write.getValue());
        }
        for (KVMetadataWrite metadata : keys.getMetadataWritesList()) {
            Place place = new Place(set.getNamespace(), "", ByteString.copyFrom(metadata.getKey(), UTF_8));
            ByteString value = own.getOrDefault(place, state.getOrDefault(place, ByteString.EMPTY));
            if (!value.isEmpty()) {
                own.put(place, value);
            }
        }
        writes.addAll(own.entrySet());
        for (CollectionHashedReadWriteSet collection : set.getCollectionHashedRwsetList()) {
            for (KVWriteHash write :
                    HashedRWSet.parseFrom(collection.getHashedRwset()).getHashedWritesList()) {
                writes.add(Map.entry(
                        new Place(set.getNamespace(), collection.getCollectionName(), write.getKeyHash()),
                        write.getIsDelete() ? ByteString.EMPTY : write.getValueHash()));
            }
        }
        return writes;
    }
}
