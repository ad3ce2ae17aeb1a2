package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jspecify.annotations.Nullable;

/** Plaintext sets as values: whether they belong to hashes, and what they make of a peer's private state. */
final class Plaintext {
    private Plaintext() {}

    /** True if every write is one of the hashed ones. Purged keys may be absent, so less than all is right, too. */
    static boolean belongsTo(ByteString keyValueSet, HashedRWSet hashes) {
        Map<ByteString, KVWriteHash> byKey = new HashMap<>();
        hashes.getHashedWritesList().forEach(write -> byKey.put(write.getKeyHash(), write));
        Optional<KVRWSet> set = parse(keyValueSet);
        return set.isPresent()
                && set.get().getWritesList().stream().allMatch(write -> {
                    KVWriteHash hashed = byKey.get(HashedKeys.hash(write.getKey()));
                    return hashed != null
                            && hashed.getIsDelete() == write.getIsDelete()
                            && (write.getIsDelete() || hashed.getValueHash().equals(HashedKeys.hash(write.getValue())));
                });
    }

    /** The private state after a transaction's writes. */
    static WorldState apply(WorldState before, String space, ByteString keyValueSet, Version version) {
        WorldState after = before;
        for (KVWrite write :
                parse(keyValueSet).orElse(KVRWSet.getDefaultInstance()).getWritesList()) {
            after = after.with(new StateKey(space, write.getKey()), value(write, version));
        }
        return after;
    }

    /** The same for a set that comes late: only what the hashes say is still current. */
    static WorldState applyCurrent(
            WorldState before, WorldState hashes, String space, ByteString keyValueSet, Version version) {
        WorldState after = before;
        for (KVWrite write :
                parse(keyValueSet).orElse(KVRWSet.getDefaultInstance()).getWritesList()) {
            StateValue hashed = hashes.get(space, HashedKeys.key(HashedKeys.hash(write.getKey())));
            if (hashed != null && hashed.value().equals(HashedKeys.hash(write.getValue()))) {
                after = after.with(new StateKey(space, write.getKey()), value(write, version));
            }
        }
        return after;
    }

    private static @Nullable StateValue value(KVWrite write, Version version) {
        return write.getIsDelete() ? null : new StateValue(write.getValue(), version, ByteString.EMPTY);
    }

    static Optional<KVRWSet> parse(ByteString keyValueSet) {
        try {
            return Optional.of(KVRWSet.parseFrom(keyValueSet));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
