package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.snapshot.Fingerprints;
import io.clearmarket.network.embedded.ledger.snapshot.PositionIndex;
import io.clearmarket.network.embedded.ledger.snapshot.SnapshotFolder;
import io.clearmarket.network.embedded.ledger.snapshot.SortedPositions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.ledger.queryresult.KeyModification;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * What is known about the stored blocks, in memory: state, history, ids and hashes. One writer; a reader sees a block's
 * effects all at once, when the view that includes it is published.
 */
final class LedgerIndex {
    private static final View NOTHING =
            new View(0, ByteString.EMPTY, ByteString.EMPTY, WorldState.EMPTY, WorldState.EMPTY);

    private final PositionIndex<String> transactions = new PositionIndex<>(Fingerprints::of);
    private final PositionIndex<ByteString> numbers = new PositionIndex<>(Fingerprints::of);
    private final PositionIndex<StateKey> history =
            new PositionIndex<>(written -> Fingerprints.of(written.namespace() + '\n' + written.key()));
    private final Expiry expiry = new Expiry();
    private final LongFunction<Block> blocks;
    private volatile View view = NOTHING;

    /**
     * One height.
     *
     * @param hash header hash of the newest block
     * @param plaintext the private data that this peer holds
     */
    record View(long height, ByteString hash, ByteString commitHash, WorldState state, WorldState plaintext) {}

    /**
     * An empty one.
     *
     * @param blocks reads a stored block
     */
    LedgerIndex(LongFunction<Block> blocks) {
        this.blocks = blocks;
    }

    View view() {
        return view;
    }

    /** Begins where a snapshot ends. */
    void restore(LedgerSnapshots.Opened snapshot) throws IOException {
        adopt(snapshot.files());
        view = snapshot.view();
    }

    /** What a snapshot holds beside the state, by the names of its files. */
    Map<String, PositionIndex<?>> parts() {
        return Map.of("transactions", transactions, "history", history, "numbers", numbers);
    }

    /** Sets the line up to which the next snapshot goes. */
    void freeze() {
        parts().values().forEach(PositionIndex::freeze);
    }

    /** Lets a snapshot's files take the place of what is in memory up to its height. */
    void adopt(SnapshotFolder.Verified snapshot) throws IOException {
        for (Map.Entry<String, PositionIndex<?>> part : parts().entrySet()) {
            part.getValue().adopt(SortedPositions.open(snapshot.part(part.getKey())));
        }
    }

    /** Replaces the private data by what was found besides blocks, at the same height. */
    void holdPlaintext(WorldState plaintext) {
        view = new View(view.height(), view.hash(), view.commitHash(), view.state(), plaintext);
    }

    /** Block-to-live of a collection in a state. */
    long blockToLive(WorldState state, String chaincode, String collection) {
        return expiry.blockToLive(state, chaincode, collection);
    }

    /** Takes in a block that was committed just now, with the private data as it is after it. */
    void advance(CompletedBlock completed, BlockValidator.Outcome outcome, WorldState plaintext) {
        List<String> ids = outcome.verdicts().stream()
                .map(TransactionValidator.Verdict::transactionId)
                .toList();
        List<List<NamespaceReadWrites>> effects = outcome.verdicts().stream()
                .map(TransactionValidator.Verdict::readWrites)
                .toList();
        take(new Taken(completed.block(), ids, effects, outcome.updates(), completed.commitHash()), plaintext);
    }

    /**
     * Takes in a stored block, trusting its verdicts: signatures were verified when it was committed. That the effects are
     * the same as then is checked by the commit hash.
     *
     * @throws IllegalStateException if the block does not follow from those before
     */
    void replay(Block stored) {
        long number = view.height();
        CompletedBlock.requireContinuation(stored, number, view.hash());
        UpdateBatch updates = new UpdateBatch(view.state());
        List<TxValidationCode> codes = CompletedBlock.codes(stored);
        List<String> ids = new ArrayList<>();
        List<List<NamespaceReadWrites>> effects = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            ByteString envelope = stored.getData().getData(i);
            ids.add(OpenedEnvelope.idOf(envelope));
            List<NamespaceReadWrites> readWrites =
                    codes.get(i) == TxValidationCode.VALID ? effectsOf(envelope) : List.of();
            updates.apply(readWrites, new Version(number, i));
            effects.add(readWrites);
        }
        ByteString commitHash = CompletedBlock.commitHash(stored);
        byte[] filter = CompletedBlock.filter(stored);
        if (number > 0 && !commitHash.equals(CommitHash.next(filter, updates, view.commitHash()))) {
            throw new IllegalStateException(
                    "block " + number + " replayed does not give the commit hash that was stored with it");
        }
        take(new Taken(stored, ids, effects, updates, commitHash), view.plaintext());
    }

    private static List<NamespaceReadWrites> effectsOf(ByteString envelope) {
        try {
            return OpenedEnvelope.channelHeader(envelope).getType() == HeaderType.ENDORSER_TRANSACTION_VALUE
                    ? NamespaceReadWrites.parse(
                            OpenedEnvelope.actionOf(envelope).getResults())
                    : List.of();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a transaction stored as valid can't be read: " + e.getMessage(), e);
        }
    }

    /** A block with all that follows from it. */
    private record Taken(
            Block block,
            List<String> ids,
            List<List<NamespaceReadWrites>> effects,
            UpdateBatch updates,
            ByteString commitHash) {}

    private void take(Taken taken, WorldState plaintext) {
        Block block = taken.block();
        List<String> ids = taken.ids();
        List<List<NamespaceReadWrites>> effects = taken.effects();
        long number = block.getHeader().getNumber();
        List<TxValidationCode> codes = CompletedBlock.codes(block);
        for (int i = 0; i < codes.size(); i++) {
            if (!ids.get(i).isEmpty()) {
                transactions.add(ids.get(i), new TransactionLocation(number, i, codes.get(i)).packed());
            }
            for (NamespaceReadWrites inNamespace : effects.get(i)) {
                for (KVWrite write : inNamespace.keys().getWritesList()) {
                    history.add(
                            new StateKey(inNamespace.namespace(), write.getKey()),
                            new TransactionLocation(number, i, codes.get(i)).packed());
                }
            }
        }
        ByteString hash = headerHash(block);
        numbers.add(hash, number);
        WorldState state = expiry.after(number, view.state().with(taken.updates()));
        view = new View(number + 1, hash, taken.commitHash(), state, plaintext);
    }

    Optional<TransactionLocation> find(String transactionId) {
        long height = view.height();
        OptionalLong found = transactions.first(transactionId, packed -> {
            TransactionLocation at = TransactionLocation.unpacked(packed);
            return OpenedEnvelope.idOf(envelope(at)).equals(transactionId);
        });
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(TransactionLocation.unpacked(found.getAsLong())).filter(at -> at.block() < height);
    }

    static ByteString headerHash(Block block) {
        return ByteString.copyFrom(BlockHashes.headerHash(block.getHeader()));
    }

    private ByteString envelope(TransactionLocation at) {
        return blocks.apply(at.block()).getData().getData(at.index());
    }

    Optional<Long> number(ByteString headerHash) {
        OptionalLong found = numbers.first(
                headerHash, number -> headerHash(blocks.apply(number)).equals(headerHash));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getAsLong());
    }

    /** A key's writes in committed blocks, newest first. */
    List<KeyModification> history(String namespace, String key) {
        long height = view.height();
        List<KeyModification> modifications = new ArrayList<>();
        for (long packed : history.all(new StateKey(namespace, key))) {
            TransactionLocation writer = TransactionLocation.unpacked(packed);
            if (writer.block() < height) {
                modification(envelope(writer), namespace, key).ifPresent(modifications::add);
            }
        }
        return modifications.reversed();
    }

    /** Empty if the transaction does not write the key: another key has the same fingerprint. */
    private static Optional<KeyModification> modification(ByteString envelope, String namespace, String key) {
        try {
            ChannelHeader header = OpenedEnvelope.channelHeader(envelope);
            Optional<KVWrite> written =
                    NamespaceReadWrites.parse(OpenedEnvelope.actionOf(envelope).getResults()).stream()
                            .filter(inNamespace -> inNamespace.namespace().equals(namespace))
                            .flatMap(inNamespace -> inNamespace.keys().getWritesList().stream())
                            .filter(candidate -> candidate.getKey().equals(key))
                            .reduce((first, last) -> last);
            return written.map(write -> KeyModification.newBuilder()
                    .setTxId(header.getTxId())
                    .setTimestamp(header.getTimestamp())
                    .setValue(write.getValue())
                    .setIsDelete(write.getIsDelete() || write.getValue().isEmpty())
                    .build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an indexed transaction can't be read: " + e.getMessage(), e);
        }
    }
}
