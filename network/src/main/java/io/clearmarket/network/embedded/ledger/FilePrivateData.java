package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.PrivateRecord.Place;
import io.clearmarket.network.embedded.msp.MspIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsPvtReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxPvtReadWriteSet;
import org.jspecify.annotations.Nullable;

/** One peer's private data: gathers a block's plaintext before the block is stored, and keeps the private state. */
final class FilePrivateData implements PrivateDataLedger {
    private final PrivateStore store;
    private final LedgerIndex index;
    private final Definitions definitions;
    private final LongFunction<Block> blocks;
    private volatile @Nullable MspIdentity self;
    private final Object committing;
    private volatile Source source = id -> Optional.empty();

    /**
     * @param self the peer, by which it is a member of collections or not; null is a member of none
     * @param committing held while the ledger changes
     */
    FilePrivateData(
            PrivateStore store,
            LedgerIndex index,
            Definitions definitions,
            LongFunction<Block> blocks,
            @Nullable MspIdentity self,
            Object committing) {
        this.store = store;
        this.index = index;
        this.definitions = definitions;
        this.blocks = blocks;
        this.self = self;
        this.committing = committing;
    }

    /** Takes note that the channel's configuration has changed, and with it perhaps who the peer is. */
    void become(@Nullable MspIdentity identity) {
        self = identity;
    }

    /** Works the private state out of the stored sets, after the blocks were read. */
    void restore() {
        LedgerIndex.View view = index.view();
        expire(view.state(), WorldState.EMPTY, view.height() - 1);
        WorldState plaintext = WorldState.EMPTY;
        for (Map.Entry<Place, ByteString> entry : store.all().entrySet()) {
            Place place = entry.getKey();
            plaintext = Plaintext.applyCurrent(plaintext, view.state(), space(place), entry.getValue(), version(place));
        }
        index.holdPlaintext(plaintext);
    }

    /** Gathers and stores a block's plaintext; the private state after the block. Called before the block is stored. */
    WorldState settle(long number, List<TransactionValidator.Verdict> verdicts, LedgerIndex.View view) {
        List<PrivateRecord> records = new ArrayList<>();
        Map<Place, Set<ByteString>> purges = new HashMap<>();
        WorldState plaintext = view.plaintext();
        for (int i = 0; i < verdicts.size(); i++) {
            for (NamespaceReadWrites inNamespace : verdicts.get(i).readWrites()) {
                for (CollectionReadWrites collection : inNamespace.collections()) {
                    if (!collection.writes()) {
                        continue;
                    }
                    Place place = new Place(number, i, inNamespace.namespace(), collection.name());
                    SetId id = id(place, verdicts.get(i).transactionId(), collection.privateHash());
                    Optional<ByteString> set = isMember(view.state(), place) ? obtain(id) : Optional.empty();
                    records.add(set.<PrivateRecord>map(found -> new PrivateRecord.Committed(place, found))
                            .orElseGet(() -> new PrivateRecord.Missing(place)));
                    if (set.isPresent()) {
                        plaintext = Plaintext.apply(plaintext, collection.space(), set.get(), version(place));
                    }
                    purgesOf(collection).ifPresent(keys -> purges.put(place, keys));
                }
            }
        }
        store.commit(
                number + 1,
                records,
                verdicts.stream()
                        .map(TransactionValidator.Verdict::transactionId)
                        .toList());
        for (StateKey purged : purges.isEmpty() ? Set.<StateKey>of() : store.purge(purges)) {
            plaintext = forgetUpTo(plaintext, purged, number - 1);
        }
        return expire(view.state(), plaintext, number);
    }

    private static Optional<Set<ByteString>> purgesOf(CollectionReadWrites collection) {
        Set<ByteString> keys = new HashSet<>();
        collection.hashes().getHashedWritesList().stream()
                .filter(write -> write.getIsPurge())
                .forEach(write -> keys.add(write.getKeyHash()));
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    /** Forgets what block-to-live says is over with this block, in the store and in the private state. */
    private WorldState expire(WorldState state, WorldState plaintext, long number) {
        WorldState rest = plaintext;
        for (StateKey collection : store.collections()) {
            long blocksToLive = index.blockToLive(state, collection.namespace(), collection.key());
            long upTo = number - blocksToLive - 1;
            if (blocksToLive > 0 && upTo >= 0) {
                for (StateKey expired : store.forget(collection.namespace(), collection.key(), upTo)) {
                    rest = forgetUpTo(rest, expired, upTo);
                }
            }
        }
        return rest;
    }

    /** Without a key, unless it was written again after that block. */
    private static WorldState forgetUpTo(WorldState plaintext, StateKey key, long block) {
        StateValue held = plaintext.get(key.namespace(), key.key());
        return held == null || held.version().block() > block ? plaintext : plaintext.with(key, null);
    }

    private Optional<ByteString> obtain(SetId id) {
        Optional<ByteString> handedOver = fromTransient(id);
        return handedOver.isPresent()
                ? handedOver
                : source.fetch(id).filter(set -> HashedKeys.hash(set).equals(id.hash()));
    }

    private Optional<ByteString> fromTransient(SetId id) {
        return store.transientSets(id.transactionId(), id.chaincode(), id.collection()).stream()
                .filter(set -> HashedKeys.hash(set).equals(id.hash()))
                .findFirst();
    }

    private boolean isMember(WorldState state, Place place) {
        return self != null
                && definitions
                        .collection(state, place.chaincode(), place.collection())
                        .filter(found ->
                                found.members().evaluateSigners(List.of(self)).isEmpty())
                        .isPresent();
    }

    @Override
    public void keep(String transactionId, TxPvtReadWriteSet plaintext) {
        store.keep(new PrivateRecord.Transient(transactionId, index.view().height(), plaintext.toByteString()));
    }

    @Override
    public void lookIn(Source elsewhere) {
        source = elsewhere;
    }

    @Override
    public Optional<ByteString> find(SetId id) {
        Optional<ByteString> committed = store.find(new Place(id.block(), id.index(), id.chaincode(), id.collection()));
        return committed.isPresent() ? committed : fromTransient(id);
    }

    @Override
    public Map<Integer, TxPvtReadWriteSet> ofBlock(long number) {
        Map<Integer, Map<String, NsPvtReadWriteSet.Builder>> byTransaction = new TreeMap<>();
        store.ofBlock(number)
                .forEach((place, set) -> byTransaction
                        .computeIfAbsent(place.transaction(), index -> new TreeMap<>(KeyOrder.COMPARATOR))
                        .computeIfAbsent(
                                place.chaincode(),
                                name -> NsPvtReadWriteSet.newBuilder().setNamespace(name))
                        .addCollectionPvtRwset(CollectionPvtReadWriteSet.newBuilder()
                                .setCollectionName(place.collection())
                                .setRwset(set)));
        Map<Integer, TxPvtReadWriteSet> sets = new TreeMap<>();
        byTransaction.forEach((transaction, namespaces) -> {
            TxPvtReadWriteSet.Builder set = TxPvtReadWriteSet.newBuilder();
            namespaces.values().forEach(set::addNsPvtRwset);
            sets.put(transaction, set.build());
        });
        return sets;
    }

    @Override
    public List<SetId> missing() {
        WorldState state = index.view().state();
        List<SetId> wanted = new ArrayList<>();
        for (Place place : store.missing()) {
            if (isMember(state, place)) {
                committedAt(place)
                        .ifPresent(found -> wanted.add(id(
                                place, found.transactionId(), found.collection().privateHash())));
            }
        }
        return wanted;
    }

    @Override
    public boolean supply(SetId id, ByteString keyValueSet) {
        Place place = new Place(id.block(), id.index(), id.chaincode(), id.collection());
        synchronized (committing) {
            Optional<Found> found = committedAt(place);
            if (found.isEmpty()
                    || !store.missing().contains(place)
                    || !Plaintext.belongsTo(
                            keyValueSet, found.get().collection().hashes())) {
                return false;
            }
            store.supply(place, keyValueSet);
            LedgerIndex.View view = index.view();
            index.holdPlaintext(
                    Plaintext.applyCurrent(view.plaintext(), view.state(), space(place), keyValueSet, version(place)));
            return true;
        }
    }

    private record Found(String transactionId, CollectionReadWrites collection) {}

    private Optional<Found> committedAt(Place place) {
        try {
            ByteString envelope = blocks.apply(place.block()).getData().getData(place.transaction());
            return NamespaceReadWrites.parse(OpenedEnvelope.actionOf(envelope).getResults()).stream()
                    .filter(inNamespace -> inNamespace.namespace().equals(place.chaincode()))
                    .flatMap(inNamespace -> inNamespace.collections().stream())
                    .filter(collection -> collection.name().equals(place.collection()))
                    .findFirst()
                    .map(collection -> new Found(OpenedEnvelope.idOf(envelope), collection));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a transaction stored as valid can't be read: " + e.getMessage(), e);
        }
    }

    private static SetId id(Place place, String transactionId, ByteString hash) {
        return new SetId(
                place.block(), place.transaction(), transactionId, place.chaincode(), place.collection(), hash);
    }

    private static String space(Place place) {
        return HashedKeys.namespace(place.chaincode(), place.collection());
    }

    private static Version version(Place place) {
        return new Version(place.block(), place.transaction());
    }

    void close() {
        store.close();
    }
}
