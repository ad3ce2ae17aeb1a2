package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.faults.WriteGuard;
import io.clearmarket.network.embedded.msp.ChannelMsps;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspManager;
import io.clearmarket.network.embedded.policy.ChannelPolicies;
import io.clearmarket.network.embedded.policy.Policy;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/**
 * A peer's ledger on disk: blocks in files, the state in memory, indexes in both. On opening, everything but the blocks comes
 * from the newest snapshot and the blocks after it, or from all blocks where there is no snapshot.
 */
public final class FileLedger implements PeerLedger {
    private static final Logger LOG = System.getLogger(FileLedger.class.getName());
    private static final String PRIVATE_DATA = "private.bin";
    private static final String BLOCK_VALIDATION = "/Channel/Orderer/BlockValidation";

    private final BlockFiles files;
    private final LedgerIndex index;
    private final LedgerSnapshots snapshots;
    private final ChannelResources channel;
    private final @Nullable ByteString member;
    private final Definitions definitions;
    private final BlockValidator validator;
    private final List<Consumer<CommittedBlock>> listeners = new CopyOnWriteArrayList<>();
    private final Object committing = new Object();

    private final FilePrivateData privateData;

    private FileLedger(StoredLedger stored, Path directory, @Nullable ByteString member) {
        this.files = stored.files();
        this.index = stored.index();
        this.snapshots = stored.snapshots();
        this.member = member;
        this.channel = ChannelResources.of(files.read(ConfigBlocks.lastConfig(files.read(files.count() - 1))));
        this.definitions = new Definitions(channel);
        this.validator = new BlockValidator(new TransactionValidator(
                channel,
                new EndorsementRules(channel, definitions),
                id -> index.find(id).isPresent()));
        PrivateStore store = PrivateStore.open(
                directory.resolve(PRIVATE_DATA),
                index.view().height(),
                id -> index.find(id).isPresent());
        this.privateData = new FilePrivateData(store, index, definitions, files::read, identity(), committing);
        privateData.restore();
    }

    /** Null where the peer holds no plaintext, or its organisation is not on the channel yet. */
    private @Nullable MspIdentity identity() {
        try {
            return member == null ? null : channel.deserialize(member);
        } catch (MspException notYet) {
            return null;
        }
    }

    /**
     * Opens the ledger in a directory, or founds it there.
     *
     * @param genesis block 0; needed where there is no ledger yet, compared where there is one
     * @throws IllegalArgumentException if there is neither a ledger nor a founding block, or they differ
     * @throws java.io.UncheckedIOException if the directory is unusable, in use or damaged
     */
    public static FileLedger open(Path directory, @Nullable Block genesis) {
        return open(directory, genesis, null);
    }

    /**
     * The same for a peer that is a member of private data collections.
     *
     * @param member {@code SerializedIdentity} bytes of the peer; null for a ledger that holds no plaintext
     */
    public static FileLedger open(Path directory, @Nullable Block genesis, @Nullable ByteString member) {
        return open(directory, genesis, member, LedgerSnapshots.USUAL_INTERVAL);
    }

    /**
     * The same with another pace.
     *
     * @param snapshotInterval transactions between two snapshots, at least
     */
    static FileLedger open(Path directory, @Nullable Block genesis, @Nullable ByteString member, int snapshotInterval) {
        StoredLedger stored = StoredLedger.open(directory, snapshotInterval);
        BlockFiles files = stored.files();
        try {
            if (files.count() == 0) {
                if (genesis == null) {
                    throw new IllegalArgumentException(
                            "no ledger in " + directory + ", and no block 0 to found it with");
                }
                CompletedBlock.requireContinuation(genesis, 0, ByteString.EMPTY);
                // parsed before it is stored: a ledger that can't be opened again must not come to be
                ChannelPolicies.fromConfig(genesis, ChannelMsps.fromConfig(genesis));
                Block complete = CompletedBlock.founding(genesis);
                files.append(complete);
                stored.index().replay(complete);
            } else if (genesis != null && !files.read(0).getHeader().equals(genesis.getHeader())) {
                throw new IllegalArgumentException("the ledger in " + directory + " was founded with another block 0");
            }
            return new FileLedger(stored, directory, member);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** Has every write of a block ask first how much of it the disk takes: for tests of a disk that fills. */
    public FileLedger guarded(WriteGuard writes) {
        files.guard(writes);
        return this;
    }

    @Override
    public String channel() {
        return channel.channel();
    }

    @Override
    public ChannelResources resources() {
        return channel;
    }

    @Override
    public long height() {
        return index.view().height();
    }

    @Override
    public byte[] currentHash() {
        return index.view().hash().toByteArray();
    }

    @Override
    public Optional<Block> block(long number) {
        return number >= 0 && number < height() ? Optional.of(files.read(number)) : Optional.empty();
    }

    @Override
    public Optional<Block> blockByHash(byte[] headerHash) {
        return index.number(ByteString.copyFrom(headerHash)).flatMap(this::block);
    }

    @Override
    public Optional<TransactionLocation> find(String transactionId) {
        return index.find(transactionId);
    }

    @Override
    public Simulator simulate(String transactionId) {
        LedgerIndex.View view = index.view();
        return new StateSimulator(
                new PrivateStateSimulator.Snapshot(view.state(), view.plaintext(), definitions),
                index::history,
                transactionId);
    }

    @Override
    public CommittedBlock commit(Block ordered) {
        synchronized (committing) {
            LedgerIndex.View view = index.view();
            CompletedBlock.requireContinuation(ordered, view.height(), view.hash());
            requireOrderersSignature(ordered);
            BlockValidator.Outcome outcome =
                    validator.judge(view.height(), ordered.getData().getDataList(), view.state());
            List<TxValidationCode> codes = outcome.verdicts().stream()
                    .map(TransactionValidator.Verdict::code)
                    .toList();
            CompletedBlock completed = CompletedBlock.of(ordered, codes, outcome.updates(), view.commitHash());
            // plaintext first: a block that is stored can be asked for its private data
            WorldState plaintext = privateData.settle(view.height(), outcome.verdicts(), view);
            files.append(completed.block());
            index.advance(completed, outcome, plaintext);
            takeOverConfigurations(completed.block(), codes);
            snapshots.committed(codes.size(), index, files);
            List<String> ids = outcome.verdicts().stream()
                    .map(TransactionValidator.Verdict::transactionId)
                    .toList();
            CommittedBlock committed = new CommittedBlock(completed.block(), ids, codes);
            listeners.forEach(listener -> tell(listener, committed));
            return committed;
        }
    }

    private void takeOverConfigurations(Block block, List<TxValidationCode> codes) {
        for (int i = 0; i < codes.size(); i++) {
            Optional<Config> config = codes.get(i) == TxValidationCode.VALID
                    ? ConfigBlocks.configIn(block.getData().getData(i))
                    : Optional.empty();
            if (config.isPresent()) {
                channel.replace(config.get(), block.getHeader().getNumber());
                privateData.become(identity());
            }
        }
    }

    private void requireOrderersSignature(Block ordered) {
        Optional<String> refusal = channel.policy(BLOCK_VALIDATION)
                .orElseThrow(
                        () -> new IllegalStateException("channel " + channel() + " has no policy " + BLOCK_VALIDATION))
                .evaluate(BlockSignatures.signedData(ordered));
        if (refusal.isPresent()) {
            throw new IllegalArgumentException("block " + ordered.getHeader().getNumber()
                    + " is not signed by the ordering service: " + refusal.get());
        }
    }

    /** The block is committed whatever a listener does, and the other listeners must hear of it. */
    private static void tell(Consumer<CommittedBlock> listener, CommittedBlock committed) {
        try {
            listener.accept(committed);
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "a listener failed on block " + committed.number(), e);
        }
    }

    @Override
    public AutoCloseable onCommit(Consumer<CommittedBlock> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public MspManager msps() {
        return channel;
    }

    @Override
    public Optional<Policy> policy(String path) {
        return channel.policy(path);
    }

    @Override
    public Optional<ChaincodeDefinition> definition(String chaincode) {
        return definitions.find(index.view().state(), chaincode);
    }

    @Override
    public Optional<Policy> endorsementPolicy(String chaincode) {
        return definitions.endorsementPolicy(index.view().state(), chaincode);
    }

    @Override
    public List<String> chaincodes() {
        return LifecycleNamespace.chaincodes(index.view().state());
    }

    @Override
    public List<String> organizations() {
        return channel.mspIds().stream()
                .filter(mspId -> channel.policy("/Channel/Application/" + mspId + "/Endorsement")
                        .isPresent())
                .sorted()
                .toList();
    }

    @Override
    public Optional<Collection> collection(String chaincode, String collection) {
        return definitions.collection(index.view().state(), chaincode, collection);
    }

    @Override
    public PrivateDataLedger privateData() {
        return privateData;
    }

    @Override
    public void close() {
        synchronized (committing) {
            snapshots.close();
            privateData.close();
            files.close();
        }
    }
}
