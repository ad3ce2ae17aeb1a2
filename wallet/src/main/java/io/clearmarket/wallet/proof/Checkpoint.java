package io.clearmarket.wallet.proof;

/**
 * A log's size and root: a C2SP tlog-checkpoint. Extension lines are neither written nor accepted.
 *
 * @param origin the log's name
 * @param size number of leaves
 * @param root RFC 6962 root of the tree of that size
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final int MOST_DIGITS = 18;

    public Checkpoint {
        NoteKey.requireName(origin);
        if (size < 0) {
            throw InvalidProof.format("a log has no negative size: " + size);
        }
    }

    /**
     * A checkpoint from a note's text.
     *
     * @throws InvalidProof if it is malformed or has extension lines
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw InvalidProof.format("a checkpoint has three lines: origin, size, root hash");
        }
        return new Checkpoint(lines[0], decimal(lines[1], "size"), Hash.fromBase64(lines[2]));
    }

    /** The note's text. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /** A decimal without leading zeros, of at most 18 digits. */
    static long decimal(String text, String what) {
        boolean canonical = text.length() <= MOST_DIGITS && (text.equals("0") || text.matches("[1-9][0-9]*"));
        if (!canonical) {
            throw InvalidProof.format(
                    "\"" + Shortened.of(text) + "\" is not a " + what + ": a decimal without leading zeros");
        }
        return Long.parseLong(text);
    }
}
