package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;

/**
 * What a transaction does to one private collection, as the block shows it: hashes only.
 *
 * @param space namespace of the hashes in the world state
 * @param privateHash SHA-256 of the plaintext set; empty if the transaction only read
 */
record CollectionReadWrites(String name, String space, HashedRWSet hashes, ByteString privateHash) {
    static CollectionReadWrites parse(String chaincode, CollectionHashedReadWriteSet set)
            throws InvalidProtocolBufferException {
        return new CollectionReadWrites(
                set.getCollectionName(),
                HashedKeys.namespace(chaincode, set.getCollectionName()),
                HashedRWSet.parseFrom(set.getHashedRwset()),
                set.getPvtRwsetHash());
    }

    boolean writes() {
        return hashes.getHashedWritesCount() > 0 || hashes.getMetadataWritesCount() > 0;
    }

    Stream<StateKey> writtenKeys() {
        return Stream.concat(
                hashes.getHashedWritesList().stream().map(write -> key(write.getKeyHash())), reboundKeys());
    }

    Stream<StateKey> reboundKeys() {
        return hashes.getMetadataWritesList().stream().map(write -> key(write.getKeyHash()));
    }

    StateKey key(ByteString hash) {
        return new StateKey(space, HashedKeys.key(hash));
    }
}
