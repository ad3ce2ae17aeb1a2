package io.clearmarket.gateway.proof.witness;

import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.SignedNote;
import java.util.ArrayList;
import java.util.List;

/**
 * The request of C2SP tlog-witness, add-checkpoint: {@code old SIZE}, the consistency proof's hashes in base64, one a line, an empty line, and the
 * checkpoint as a signed note.
 *
 * @param oldSize of the checkpoint that the witness cosigned last
 */
record AddCheckpoint(long oldSize, List<Hash> consistency, SignedNote note) {
    static final String PATH = "/add-checkpoint";

    /** Of a request, in bytes. */
    static final int LONGEST = 64 * 1024;

    /** Of an answer that says 409: the size that it cosigned last, in decimal, and a newline. */
    static final String SIZE_TYPE = "text/x.tlog.size";

    private static final String OLD = "old ";
    private static final int MOST_HASHES = 63;

    AddCheckpoint {
        consistency = List.copyOf(consistency);
    }

    /** @throws InvalidProof if it is malformed */
    static AddCheckpoint parse(String body) {
        int end = body.indexOf("\n\n");
        if (end < 0 || !body.startsWith(OLD)) {
            throw InvalidProof.format("a request is \"old SIZE\", hashes, an empty line and a signed note");
        }
        String[] lines = body.substring(0, end).split("\n", -1);
        if (lines.length > MOST_HASHES + 1) {
            throw InvalidProof.format("a consistency proof has at most " + MOST_HASHES + " hashes");
        }
        List<Hash> hashes = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            hashes.add(Hash.fromBase64(lines[i]));
        }
        return new AddCheckpoint(
                size(lines[0].substring(OLD.length())), hashes, SignedNote.parse(body.substring(end + 2)));
    }

    /** A size in decimal, without leading zeros. */
    static long size(String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw InvalidProof.format("a size is a decimal number");
        }
        return Long.parseLong(text);
    }

    /** The request's body. */
    String encoded() {
        StringBuilder body = new StringBuilder(OLD).append(oldSize).append('\n');
        consistency.forEach(hash -> body.append(hash.base64()).append('\n'));
        return body.append('\n').append(note.encoded()).toString();
    }
}
