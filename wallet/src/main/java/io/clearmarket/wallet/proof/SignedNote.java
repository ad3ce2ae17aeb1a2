package io.clearmarket.wallet.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A C2SP signed note: a text and signatures of it. Parsing verifies nothing.
 *
 * @param text with its final newline
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    private static final int MOST_SIGNATURES = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * A note from its text form.
     *
     * @throws InvalidProof if it is malformed
     */
    public static SignedNote parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n")) {
            throw InvalidProof.format("a signed note is a text, an empty line and signature lines");
        }
        if (note.codePoints().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw InvalidProof.format("a signed note holds no control characters");
        }
        String[] lines = note.substring(blank + 2).split("\n", -1);
        // the last part is what follows the final newline: nothing
        if (lines.length < 2 || lines.length - 1 > MOST_SIGNATURES) {
            throw InvalidProof.format("a signed note has 1 to " + MOST_SIGNATURES + " signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (int i = 0; i < lines.length - 1; i++) {
            signatures.add(NoteSignature.parse(lines[i]));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /** This note with one more signature at its end. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** The text form. */
    public String encoded() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
