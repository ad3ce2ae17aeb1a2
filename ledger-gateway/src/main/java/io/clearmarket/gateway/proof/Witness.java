package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.proof.Cosigning.Reason;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.Merkle;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.SignedNote;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organisation's witness (C2SP tlog-witness). It derives the log's tree from the blocks of its own organisation's peer,
 * and cosigns a checkpoint only if that has the root of its own tree and follows on what it cosigned before. So a log that
 * leaves a write out, adds one, or shows two people two histories gets no cosignature.
 */
final class Witness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private final String mspId;
    private final NoteSigner signer;
    private final NoteKey log;
    private final Leaves leaves;
    private final WitnessStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private BlockStream.@Nullable Subscription subscription;

    /**
     * @param signer its name and key
     * @param log the one log that it witnesses
     */
    Witness(
            String mspId,
            NoteSigner signer,
            NoteKey log,
            Leaves leaves,
            WitnessStore store,
            TransactionTemplate transaction,
            Clock clock) {
        this.mspId = mspId;
        this.signer = signer;
        this.log = log;
        this.leaves = leaves;
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Its organisation. */
    String mspId() {
        return mspId;
    }

    /** The key that verifies its cosignatures. */
    NoteKey key() {
        return signer.key();
    }

    /** Starts to follow its organisation's peer. */
    synchronized void follow(BlockStream blocks) {
        if (subscription == null) {
            subscription = blocks.follow(mspId, store.state(key().name()).nextBlock(), this::accept);
        }
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    /** Adds a block of its own peer to its tree. */
    void accept(LedgerBlock block) {
        transaction.executeWithoutResult(status -> {
            WitnessStore.State state = store.lock(key().name());
            if (block.number() < state.nextBlock()) {
                return;
            }
            if (block.number() > 0 && !block.previousHash().hex().equals(state.lastHash())) {
                throw new IllegalStateException("the witness of " + mspId + " followed another ledger than the one with"
                        + " block " + block.number());
            }
            CompactRange tree = state.tree();
            for (LogLeaf leaf : leaves.of(block)) {
                tree.append(leaf.hash());
            }
            store.save(key().name(), block.number() + 1, block.hash().hex(), tree);
        });
    }

    /**
     * Answers a request to cosign.
     *
     * @param oldSize size of the checkpoint that it cosigned last, 0 if it never did
     * @param consistency proof that the log begins with that
     */
    Cosigning cosign(long oldSize, List<Hash> consistency, SignedNote note) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (InvalidProof malformed) {
            return new Cosigning.Refused(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
        if (!checkpoint.origin().equals(log.name())) {
            return new Cosigning.Refused(Reason.UNKNOWN_LOG, "no log " + checkpoint.origin() + " is witnessed here");
        }
        if (!log.hasSigned(note)) {
            return new Cosigning.Refused(Reason.BAD_SIGNATURE, "the log " + log.name() + " did not sign this");
        }
        Cosigning answer = transaction.execute(status -> decide(oldSize, consistency, checkpoint));
        if (answer instanceof Cosigning.Refused refused) {
            LOG.error("{}'s witness refuses a checkpoint that the log signed: {}", mspId, refused.reason());
        }
        return answer;
    }

    private Cosigning decide(long oldSize, List<Hash> consistency, Checkpoint checkpoint) {
        WitnessStore.State state = store.lock(key().name());
        if (oldSize > checkpoint.size()) {
            return new Cosigning.Refused(Reason.MALFORMED, "the old size is larger than the checkpoint's");
        }
        if (oldSize != state.cosignedSize()) {
            return new Cosigning.Conflict(state.cosignedSize());
        }
        if (!follows(state, checkpoint, consistency)) {
            return new Cosigning.Refused(
                    Reason.INCONSISTENT,
                    "the log of " + checkpoint.size() + " leaves does not begin with the one of " + oldSize);
        }
        if (checkpoint.size() > state.size()) {
            return new Cosigning.Behind(state.size());
        }
        if (!store.root(key().name(), checkpoint.size())
                .filter(checkpoint.root()::equals)
                .isPresent()) {
            return new Cosigning.Refused(
                    Reason.DIFFERS_FROM_LEDGER,
                    "the peer of " + mspId + " wrote something else than the log of " + checkpoint.size() + " leaves");
        }
        store.cosigned(key().name(), checkpoint);
        return new Cosigning.Cosigned(signer.sign(checkpoint, clock.instant()));
    }

    /** Every log begins with nothing, which needs no proof. */
    private static boolean follows(WitnessStore.State before, Checkpoint checkpoint, List<Hash> consistency) {
        return before.cosignedSize() == 0
                ? consistency.isEmpty()
                : Merkle.isConsistent(
                        before.cosignedSize(),
                        checkpoint.size(),
                        before.cosignedRoot(),
                        checkpoint.root(),
                        consistency);
    }
}
