package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.gateway.proof.witness.Cosigner;
import io.clearmarket.gateway.proof.witness.Cosigning;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.NoteSignature;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.ProofVerifier;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the log's size and root, and collects the witnesses' cosignatures. For one thread. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final LogStore log;
    private final CheckpointStore store;
    private final NoteSigner signer;
    private final List<Cosigner> witnesses;
    private final ProofVerifier verifier;
    private final Clock clock;

    /** @param policy what a verifier will ask for */
    Checkpoints(
            LogStore log,
            CheckpointStore store,
            NoteSigner signer,
            List<? extends Cosigner> witnesses,
            TrustPolicy policy,
            Clock clock) {
        this.log = log;
        this.store = store;
        this.signer = signer;
        this.witnesses = witnesses.stream()
                .<Cosigner>map(witness -> witness)
                .sorted(Comparator.comparing(witness -> witness.key().name()))
                .toList();
        this.verifier = new ProofVerifier(policy);
        this.clock = clock;
    }

    /**
     * Brings the newest checkpoint up to the log's size and to a quorum of cosignatures, as far as both can be had now.
     *
     * @return true if nothing is left to do
     */
    boolean advance() {
        Optional<SignedNote> newest = store.newest();
        long size = log.size();
        if (size == 0) {
            return true;
        }
        SignedNote note;
        if (newest.isPresent() && Checkpoint.parse(newest.get().text()).size() >= size) {
            note = newest.get();
        } else {
            note = sign(newest.map(before -> Checkpoint.parse(before.text())), size);
        }
        return isWitnessed(note) || cosign(Checkpoint.parse(note.text()));
    }

    private SignedNote sign(Optional<Checkpoint> before, long size) {
        TileTree tree = log.tree();
        Checkpoint checkpoint = new Checkpoint(signer.key().name(), size, tree.root(size));
        before.filter(old -> old.size() > 0).ifPresent(old -> requireSame(old, tree));
        SignedNote note = new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint, clock.instant())));
        store.save(checkpoint, note, false);
        return note;
    }

    /** A log that was rebuilt from other blocks must not speak in the name of the old one. */
    private static void requireSame(Checkpoint old, TileTree tree) {
        Hash now = tree.root(old.size());
        if (!now.equals(old.root())) {
            throw new IllegalStateException("the log of " + old.size() + " leaves had root " + old.root()
                    + " when it was signed, and has " + now + " now; nothing is signed");
        }
    }

    private boolean cosign(Checkpoint checkpoint) {
        List<NoteSignature> signatures = new ArrayList<>();
        signatures.add(signer.sign(checkpoint, clock.instant()));
        for (Cosigner witness : witnesses) {
            ask(witness, checkpoint, signatures.getFirst()).ifPresent(signatures::add);
        }
        SignedNote note = new SignedNote(checkpoint.text(), signatures);
        boolean witnessed = isWitnessed(note);
        if (witnessed) {
            store.save(checkpoint, note, true);
            witnesses.forEach(witness -> witness.publish(note));
        }
        return witnessed;
    }

    private Optional<NoteSignature> ask(Cosigner witness, Checkpoint checkpoint, NoteSignature signature) {
        SignedNote offered = new SignedNote(checkpoint.text(), List.of(signature));
        Cosigning answer = witness.cosign(0, List.of(), offered);
        if (answer instanceof Cosigning.Conflict conflict) {
            if (conflict.size() < 1 || conflict.size() > checkpoint.size()) {
                return Optional.empty();
            }
            answer = witness.cosign(
                    conflict.size(), log.tree().consistency(conflict.size(), checkpoint.size()), offered);
        }
        return switch (answer) {
            case Cosigning.Cosigned cosigned -> Optional.of(cosigned.signature());
            case Cosigning.Behind behind -> Optional.empty();
            case Cosigning.Conflict again -> {
                if (again.size() == checkpoint.size()) {
                    LOG.error("{}'s witness cosigned another log of {} leaves", witness.mspId(), checkpoint.size());
                }
                yield Optional.empty();
            }
            case Cosigning.Away away -> {
                LOG.warn("{}'s witness {}", witness.mspId(), away.reason());
                yield Optional.empty();
            }
            case Cosigning.Refused refused -> {
                LOG.error("{}'s witness refuses: {}", witness.mspId(), refused.reason());
                yield Optional.empty();
            }
        };
    }

    private boolean isWitnessed(SignedNote note) {
        try {
            verifier.verify(Checkpoint.parse(note.text()), note);
            return true;
        } catch (InvalidProof tooFew) {
            return false;
        }
    }
}
