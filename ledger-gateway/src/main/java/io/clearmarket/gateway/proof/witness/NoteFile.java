package io.clearmarket.gateway.proof.witness;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file with one signed checkpoint, replaced by the next one, on the disk before anybody sees it. */
final class NoteFile {
    private final Path file;
    private volatile @Nullable SignedNote note;

    private NoteFile(Path file, @Nullable SignedNote note) {
        this.file = file;
        this.note = note;
    }

    /** @throws IOException if it holds no signed checkpoint */
    static NoteFile open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new NoteFile(file, null);
        }
        try {
            SignedNote note = SignedNote.parse(PrivateFiles.readText(file));
            Checkpoint.parse(note.text());
            return new NoteFile(file, note);
        } catch (InvalidProof e) {
            throw new IOException(file + " holds no signed checkpoint: " + e.getMessage(), e);
        }
    }

    Optional<SignedNote> note() {
        return Optional.ofNullable(note);
    }

    Optional<Checkpoint> checkpoint() {
        return note().map(present -> Checkpoint.parse(present.text()));
    }

    void replace(SignedNote newer) {
        PrivateFiles.write(file, newer.encoded());
        note = newer;
    }
}
