package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;

/**
 * One namespace of a read-write set.
 *
 * @param keys its public keys
 * @param collections its private collections, as hashes
 */
record NamespaceReadWrites(String namespace, KVRWSet keys, List<CollectionReadWrites> collections) {
    static List<NamespaceReadWrites> parse(ByteString results) throws InvalidProtocolBufferException {
        List<NamespaceReadWrites> namespaces = new ArrayList<>();
        for (NsReadWriteSet set : TxReadWriteSet.parseFrom(results).getNsRwsetList()) {
            List<CollectionReadWrites> collections = new ArrayList<>();
            for (CollectionHashedReadWriteSet collection : set.getCollectionHashedRwsetList()) {
                collections.add(CollectionReadWrites.parse(set.getNamespace(), collection));
            }
            namespaces.add(new NamespaceReadWrites(set.getNamespace(), KVRWSet.parseFrom(set.getRwset()), collections));
        }
        return namespaces;
    }

    boolean writes() {
        return keys.getWritesCount() > 0
                || keys.getMetadataWritesCount() > 0
                || collections.stream().anyMatch(CollectionReadWrites::writes);
    }

    /** The public keys that are written or get another policy. */
    Stream<StateKey> writtenPublicKeys() {
        return Stream.concat(keys.getWritesList().stream().map(write -> key(write.getKey())), reboundPublicKeys());
    }

    /** Every key, public or hashed, that is written or gets another policy. */
    Stream<StateKey> writtenKeys() {
        return Stream.concat(writtenPublicKeys(), collections.stream().flatMap(CollectionReadWrites::writtenKeys));
    }

    /** Every key, public or hashed, that gets another policy. */
    Stream<StateKey> reboundKeys() {
        return Stream.concat(reboundPublicKeys(), collections.stream().flatMap(CollectionReadWrites::reboundKeys));
    }

    private Stream<StateKey> reboundPublicKeys() {
        return keys.getMetadataWritesList().stream().map(write -> key(write.getKey()));
    }

    private StateKey key(String key) {
        return new StateKey(namespace, key);
    }
}
