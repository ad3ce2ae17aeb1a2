package io.clearmarket.wallet.proof;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A signature line of a note.
 *
 * @param name of the key
 * @param keyId of the key
 * @param signature as the key's kind has it
 */
@SuppressWarnings("ArrayRecordComponent") // verified, never compared
public record NoteSignature(String name, int keyId, byte[] signature) {
    private static final String START = "\u2014 ";

    /**
     * A line, without its newline.
     *
     * @throws InvalidProof if it is malformed or not in its canonical form
     */
    static NoteSignature parse(String line) {
        String[] parts = line.startsWith(START) ? line.substring(START.length()).split(" ", -1) : new String[0];
        if (parts.length != 2) {
            throw InvalidProof.format("\"" + Shortened.of(line) + "\" is not a signature line");
        }
        NoteKey.requireName(parts[0]);
        byte[] bytes = Base64Text.decode(parts[1]);
        if (bytes.length <= Integer.BYTES) {
            throw InvalidProof.format("the signature of " + Shortened.of(parts[0]) + " is too short");
        }
        int keyId = ByteBuffer.wrap(bytes).getInt();
        return new NoteSignature(parts[0], keyId, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** The line, with its newline. */
    public String line() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + signature.length);
        bytes.putInt(keyId).put(signature);
        return START + name + " " + Base64Text.encode(bytes.array()) + "\n";
    }
}
