package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.ProofFile;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TlogProof;

/**
 * A log's checkpoint as somebody was shown it.
 *
 * @param note as it was signed
 */
public record SeenCheckpoint(Checkpoint checkpoint, SignedNote note) {
    /**
     * From a signed note, or from the one in a proof file. Nothing is verified.
     *
     * @param file a C2SP checkpoint, or a {@code .clearmarket-proof}
     * @throws InvalidProof if it is neither
     */
    public static SeenCheckpoint of(byte[] file) {
        SignedNote note = file.length > 0 && file[0] == '{'
                ? TlogProof.parse(ProofFile.parse(file).proof()).checkpoint()
                : SignedNote.parse(new String(file, UTF_8));
        return new SeenCheckpoint(Checkpoint.parse(note.text()), note);
    }
}
