package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.Simulator.Cursor;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.jspecify.annotations.Nullable;

/** The private data part of a {@link StateSimulator}, over the same snapshot. */
final class PrivateStateSimulator implements PrivateSimulator {
    private final Snapshot snapshot;
    private final ReadWriteRecorder recorder;
    private final SimulationGuards guards;
    private final Map<Name, Collection> collections = new HashMap<>();
    private final Set<Name> read = new HashSet<>();

    PrivateStateSimulator(Snapshot snapshot, ReadWriteRecorder recorder, SimulationGuards guards) {
        this.snapshot = snapshot;
        this.recorder = recorder;
        this.guards = guards;
    }

    /** What a peer knows at one height: public state and hashes, the plaintext that it holds, and the definitions. */
    record Snapshot(WorldState state, WorldState plaintext, Definitions definitions) {}

    @Override
    public Collection collection(String chaincode, String collection) throws Refused {
        guards.refuseAfterEnd();
        Collection known = collections.get(new Name(chaincode, collection));
        if (known != null) {
            return known;
        }
        if (!chaincode.equals(LifecycleNamespace.NAME)) {
            for (String key : LifecycleNamespace.keys(chaincode)) {
                StateValue value = snapshot.state().get(LifecycleNamespace.NAME, key);
                recorder.read(LifecycleNamespace.NAME, key, value == null ? null : value.version());
            }
        }
        Collection found = snapshot.definitions()
                .collection(snapshot.state(), chaincode, collection)
                .orElseThrow(() -> Collection.undefined(chaincode, collection));
        collections.put(new Name(chaincode, collection), found);
        return found;
    }

    @Override
    public ByteString get(String chaincode, String collection, String key) throws Refused {
        StateValue hashed = readHash(chaincode, collection, key);
        read.add(new Name(chaincode, collection));
        String space = HashedKeys.namespace(chaincode, collection);
        StateValue plain = snapshot.plaintext().get(space, key);
        if (hashed == null) {
            return ByteString.EMPTY;
        }
        if (plain == null || !HashedKeys.hash(plain.value()).equals(hashed.value())) {
            throw new Refused("private data matching public hash version is not available. Public hash version = "
                    + hashed.version().text() + ", Private data version = "
                    + (plain == null ? "<nil>" : plain.version().text()));
        }
        return plain.value();
    }

    @Override
    public ByteString getHash(String chaincode, String collection, String key) throws Refused {
        StateValue hashed = readHash(chaincode, collection, key);
        return hashed == null ? ByteString.EMPTY : hashed.value();
    }

    @Override
    public @Nullable ByteString getValidationParameter(String chaincode, String collection, String key) throws Refused {
        StateValue hashed = readHash(chaincode, collection, key);
        return hashed == null || hashed.policy().isEmpty() ? null : hashed.policy();
    }

    private @Nullable StateValue readHash(String chaincode, String collection, String key) throws Refused {
        collection(chaincode, collection);
        StateValue hashed =
                snapshot.state().get(HashedKeys.namespace(chaincode, collection), HashedKeys.key(HashedKeys.hash(key)));
        recorder.collection(chaincode, collection).read(key, hashed == null ? null : hashed.version());
        return hashed;
    }

    @Override
    public void put(String chaincode, String collection, String key, ByteString value) throws Refused {
        beforeWrite(chaincode, collection).write(key, value);
    }

    @Override
    public void purge(String chaincode, String collection, String key) throws Refused {
        beforeWrite(chaincode, collection).purge(key);
    }

    @Override
    public void putValidationParameter(String chaincode, String collection, String key, ByteString policy)
            throws Refused {
        beforeWrite(chaincode, collection).writeMetadata(key, policy);
    }

    private CollectionRecorder beforeWrite(String chaincode, String collection) throws Refused {
        collection(chaincode, collection);
        guards.beforeWrite();
        return recorder.collection(chaincode, collection);
    }

    @Override
    public Cursor range(String chaincode, String collection, String start, String end) throws Refused {
        collection(chaincode, collection);
        guards.beforePrivateQuery();
        String space = HashedKeys.namespace(chaincode, collection);
        RangeScan scan = RangeScan.of(snapshot.plaintext(), space, start, end);
        return new BatchedCursor(() -> next(scan, chaincode, space));
    }

    /** Skips plaintext that the hashes say is no longer so. */
    private @Nullable KV next(RangeScan scan, String chaincode, String space) {
        guards.refuseAfterEnd();
        while (scan.hasNext()) {
            SortedTree.Entry<StateValue> entry = scan.next();
            StateValue hashed = snapshot.state().get(space, HashedKeys.key(HashedKeys.hash(entry.key())));
            if (hashed != null
                    && hashed.value().equals(HashedKeys.hash(entry.value().value()))) {
                return KV.newBuilder()
                        .setNamespace(chaincode)
                        .setKey(entry.key())
                        .setValue(entry.value().value())
                        .build();
            }
        }
        return null;
    }

    @Override
    public Set<Name> collectionsRead() {
        return Set.copyOf(read);
    }
}
