package io.clearmarket.wallet.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A C2SP tlog-proof: a place in a log, the way from there to the root, and the checkpoint. Extra data is neither written
 * nor accepted: nothing would vouch for it.
 *
 * @param index of the leaf, from 0
 * @param path the inclusion proof, from the leaf's sibling upwards
 * @param checkpoint the signed note
 */
public record TlogProof(long index, List<Hash> path, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String INDEX = "index ";
    private static final int LONGEST_PATH = 63;

    public TlogProof {
        path = List.copyOf(path);
    }

    /**
     * A proof from its text.
     *
     * @throws InvalidProof if it is malformed or not in its canonical form
     */
    public static TlogProof parse(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw InvalidProof.format("a proof has an empty line before its checkpoint");
        }
        String[] lines = text.substring(0, blank).split("\n", -1);
        if (lines.length < 2 || !lines[0].equals(HEADER) || !lines[1].startsWith(INDEX)) {
            throw InvalidProof.format("a proof begins with \"" + HEADER + "\" and a line \"index N\"");
        }
        if (lines.length - 2 > LONGEST_PATH) {
            throw InvalidProof.format("an inclusion proof has at most " + LONGEST_PATH + " hashes");
        }
        List<Hash> path = new ArrayList<>();
        for (int i = 2; i < lines.length; i++) {
            path.add(Hash.fromBase64(lines[i]));
        }
        long index = Checkpoint.decimal(lines[1].substring(INDEX.length()), "index");
        return new TlogProof(index, path, SignedNote.parse(text.substring(blank + 2)));
    }

    /** The text. */
    public String encoded() {
        StringBuilder text = new StringBuilder(HEADER)
                .append('\n')
                .append(INDEX)
                .append(index)
                .append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.encoded()).toString();
    }
}
