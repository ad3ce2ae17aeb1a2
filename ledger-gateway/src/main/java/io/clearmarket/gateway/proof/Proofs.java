package io.clearmarket.gateway.proof;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.proof.LogStore.Placed;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Version;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.ProofFile;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TlogProof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes proof files: a record, its leaf, and the way from there to a witnessed checkpoint. */
@Component
public class Proofs {
    /** A record that was written just now is waited for, since a checkpoint follows soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final LogStore log;
    private final CheckpointStore checkpoints;
    private final ReadModel readModel;
    private final String chaincode;

    Proofs(LogStore log, CheckpointStore checkpoints, ReadModel readModel, GatewayProperties properties) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.readModel = readModel;
        this.chaincode = properties.chaincode();
    }

    /** The proof of a record's newest version; empty if there is no such record, or no checkpoint that covers it yet. */
    public Optional<ProofFile> of(RecordKind kind, List<String> id) {
        String key = "\0" + kind.objectType() + "\0" + String.join("\0", id) + "\0";
        return log.newest(chaincode, key, Long.MAX_VALUE)
                .flatMap(newest -> witnessed(newest.index() + 1).map(note -> file(kind, id, newest, note)));
    }

    private Optional<SignedNote> witnessed(long size) {
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            Optional<SignedNote> note = checkpoints
                    .newestWitnessed()
                    .filter(found -> Checkpoint.parse(found.text()).size() >= size);
            if (note.isPresent() || Instant.now().isAfter(until)) {
                return note;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private ProofFile file(RecordKind kind, List<String> id, Placed placed, SignedNote note) {
        long size = Checkpoint.parse(note.text()).size();
        TlogProof proof = new TlogProof(placed.index(), log.tree().inclusion(placed.index(), size), note);
        return ProofFile.of(placed.leaf(), value(kind, id, placed.leaf()), List.of(), proof);
    }

    private byte @Nullable [] value(RecordKind kind, List<String> id, LogLeaf leaf) {
        if (leaf.value().equals(LogLeaf.DELETED)) {
            return null;
        }
        JsonNode value = readModel
                .version(kind, id, leaf.transactionId())
                .map(Version::value)
                .orElseThrow(() -> new IllegalStateException("the read model lacks what the log has: " + leaf));
        return CanonicalJson.bytes(value);
    }
}
