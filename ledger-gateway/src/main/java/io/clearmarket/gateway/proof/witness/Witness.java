package io.clearmarket.gateway.proof.witness;

import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.proof.tree.Leaves;
import io.clearmarket.gateway.proof.witness.Cosigning.Reason;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.Merkle;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSignature;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An organisation's witness (C2SP tlog-witness). It derives the log's tree from the blocks of its own organisation's peer,
 * and cosigns a checkpoint only if that has the root of its own tree and follows on what it cosigned before. So a log that
 * leaves a write out, adds one, or shows two people two histories gets no cosignature.
 */
public final class Witness implements Cosigner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private final String mspId;
    private final NoteSigner signer;
    private final NoteKey log;
    private final Leaves leaves;
    private final WitnessedLog own;
    private final NoteFile cosigned;
    private final Clock clock;

    /**
     * Opens its folder, and goes on where it was.
     *
     * @param signer its name and key
     * @param log the one log that it witnesses
     * @param folder for its files alone
     * @throws IOException if what it cosigned can't be read: it must not forget that
     * @throws IllegalStateException if another process runs on the folder
     */
    public Witness(String mspId, NoteSigner signer, NoteKey log, Leaves leaves, Path folder, Clock clock)
            throws IOException {
        this.mspId = mspId;
        this.signer = signer;
        this.log = log;
        this.leaves = leaves;
        this.own = WitnessedLog.open(folder);
        this.cosigned = NoteFile.open(folder.resolve("cosigned"));
        this.clock = clock;
    }

    @Override
    public String mspId() {
        return mspId;
    }

    @Override
    public NoteKey key() {
        return signer.key();
    }

    /** The block that comes next. */
    public long nextBlock() {
        return own.position().nextBlock();
    }

    /** Adds a block of its own peer to its tree. */
    public void accept(LedgerBlock block) throws IOException {
        WitnessedLog.Position position = own.position();
        if (block.number() < position.nextBlock()) {
            return;
        }
        if (block.number() > position.nextBlock()
                || (block.number() > 0 && !block.previousHash().hex().equals(position.lastHash()))) {
            throw new IllegalStateException("the witness of " + mspId + " followed another ledger than the one with"
                    + " block " + block.number());
        }
        own.append(block.number() + 1, block.hash().hex(), leaves.of(block));
    }

    @Override
    public Cosigning cosign(long oldSize, List<Hash> consistency, SignedNote note) {
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
        Cosigning answer = decide(oldSize, consistency, checkpoint, note);
        if (answer instanceof Cosigning.Refused refused) {
            LOG.error("{}'s witness refuses a checkpoint that the log signed: {}", mspId, refused.reason());
        }
        return answer;
    }

    private synchronized Cosigning decide(
            long oldSize, List<Hash> consistency, Checkpoint checkpoint, SignedNote note) {
        Checkpoint before = cosigned.checkpoint().orElse(new Checkpoint(log.name(), 0, Merkle.EMPTY_ROOT));
        if (oldSize > checkpoint.size()) {
            return new Cosigning.Refused(Reason.MALFORMED, "the old size is larger than the checkpoint's");
        }
        if (oldSize != before.size()) {
            return new Cosigning.Conflict(before.size());
        }
        if (!follows(before, checkpoint, consistency)) {
            return new Cosigning.Refused(
                    Reason.INCONSISTENT,
                    "the log of " + checkpoint.size() + " leaves does not begin with the one of " + oldSize);
        }
        if (checkpoint.size() > own.size()) {
            return new Cosigning.Behind(own.size());
        }
        if (!has(checkpoint)) {
            return new Cosigning.Refused(
                    Reason.DIFFERS_FROM_LEDGER,
                    "the peer of " + mspId + " wrote something else than the log of " + checkpoint.size() + " leaves");
        }
        NoteSignature signature = signer.sign(checkpoint, clock.instant());
        cosigned.replace(new SignedNote(note.text(), signedByLog(note)).with(signature));
        return new Cosigning.Cosigned(signature);
    }

    private List<NoteSignature> signedByLog(SignedNote note) {
        return note.signatures().stream()
                .filter(signature ->
                        signature.keyId() == log.id() && signature.name().equals(log.name()))
                .toList();
    }

    /** True if its own tree of that size has that root. */
    boolean has(Checkpoint checkpoint) {
        return checkpoint.size() <= own.size()
                && own.tree().root(checkpoint.size()).equals(checkpoint.root());
    }

    /** Every log begins with nothing, which needs no proof. */
    private static boolean follows(Checkpoint before, Checkpoint checkpoint, List<Hash> consistency) {
        return before.size() == 0
                ? consistency.isEmpty()
                : Merkle.isConsistent(before.size(), checkpoint.size(), before.root(), checkpoint.root(), consistency);
    }

    /** Its readers are those of {@link WitnessProcess}; in the gateway's process it has none. */
    @Override
    public void publish(SignedNote note) {}

    /** Its own copy of the log. */
    WitnessedLog log() {
        return own;
    }

    /** What it cosigned last. */
    NoteFile cosigned() {
        return cosigned;
    }

    @Override
    public void close() {
        own.close();
    }
}
