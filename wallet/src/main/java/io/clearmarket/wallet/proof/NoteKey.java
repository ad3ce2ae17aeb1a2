package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.ed25519.Ed25519Key;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A public key that verifies notes, with its name and what it is for: a C2SP signed-note verifier key (vkey). */
public final class NoteKey {
    /** What a key signs, with its signature type of C2SP signed-note. */
    public enum Kind {
        /** A log's own signature over a checkpoint: Ed25519 over the note's text. */
        LOG(1),
        /** A witness's cosignature: a time, and Ed25519 over time and text (C2SP tlog-cosignature, cosignature/v1). */
        WITNESS(4);

        private final byte type;

        Kind(int type) {
            this.type = (byte) type;
        }
    }

    private final String name;
    private final Kind kind;
    private final byte[] publicKey;
    private final int id;

    private NoteKey(String name, Kind kind, byte[] publicKey) {
        this.name = name;
        this.kind = kind;
        this.publicKey = publicKey;
        this.id = id(name, kind, publicKey);
    }

    /**
     * A key.
     *
     * @param name without spaces and plus signs; a log's is its origin
     * @param publicKey 32 bytes, Ed25519
     * @throws InvalidProof if the name or the key can't be one
     */
    public static NoteKey of(String name, Kind kind, byte[] publicKey) {
        requireName(name);
        if (publicKey.length != Ed25519Key.KEY_BYTES) {
            throw InvalidProof.format("an Ed25519 key has 32 bytes, not " + publicKey.length);
        }
        return new NoteKey(name, kind, publicKey.clone());
    }

    /**
     * A key from its text, {@code name+id+base64}.
     *
     * @throws InvalidProof if it is malformed, of another signature type, or its id is not the key's
     */
    public static NoteKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw InvalidProof.format("\"" + Shortened.of(vkey) + "\" is not a key: name+id+base64");
        }
        byte[] typeAndKey = Base64Text.decode(parts[2]);
        for (Kind kind : Kind.values()) {
            if (typeAndKey.length > 0 && typeAndKey[0] == kind.type) {
                NoteKey key = of(parts[0], kind, Arrays.copyOfRange(typeAndKey, 1, typeAndKey.length));
                if (!hex(key.id).equals(parts[1])) {
                    throw InvalidProof.format("the key of " + Shortened.of(parts[0]) + " has id " + hex(key.id)
                            + ", not " + Shortened.of(parts[1]));
                }
                return key;
            }
        }
        throw InvalidProof.format("the key of " + Shortened.of(parts[0]) + " is neither Ed25519 nor cosignature/v1");
    }

    /** The key's name. */
    public String name() {
        return name;
    }

    /** What it signs. */
    public Kind kind() {
        return kind;
    }

    /** The four bytes that signatures name the key by, big-endian. */
    public int id() {
        return id;
    }

    /** Ed25519, 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The key as a line of a policy writes it. */
    public String vkey() {
        ByteBuffer typeAndKey = ByteBuffer.allocate(1 + publicKey.length);
        typeAndKey.put(kind.type).put(publicKey);
        return name + "+" + hex(id) + "+" + Base64Text.encode(typeAndKey.array());
    }

    /** True if one of the note's signatures names this key, and every one that does is by it. */
    public boolean hasSigned(SignedNote note) {
        List<NoteSignature> named =
                note.signatures().stream().filter(this::isNamedBy).toList();
        return !named.isEmpty() && named.stream().allMatch(signature -> verifies(note.text(), signature));
    }

    /** True if the signature says that it is by this key; nothing is verified yet. */
    boolean isNamedBy(NoteSignature signature) {
        return signature.keyId() == id && signature.name().equals(name);
    }

    /** True if the signature is by this key over the text. */
    boolean verifies(String text, NoteSignature signature) {
        byte[] bytes = signature.signature();
        return switch (kind) {
            case LOG -> Ed25519Key.verify(publicKey, text.getBytes(UTF_8), bytes);
            case WITNESS ->
                bytes.length == Long.BYTES + Ed25519Key.SIGNATURE_BYTES
                        && time(bytes) > 0
                        && Ed25519Key.verify(
                                publicKey,
                                cosigned(text, time(bytes)),
                                Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
        };
    }

    /** The time in a cosignature, in seconds of Unix time. */
    static long time(byte[] cosignature) {
        return ByteBuffer.wrap(cosignature).getLong();
    }

    /** What a witness signs. */
    static byte[] cosigned(String text, long time) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8);
    }

    static void requireName(String name) {
        boolean usable = !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c));
        if (!usable) {
            throw InvalidProof.format("\"" + Shortened.of(name) + "\" can't be a key's name: no spaces, no plus");
        }
    }

    private static int id(String name, Kind kind, byte[] publicKey) {
        byte[] hash = Hash.sha256((name + "\n").getBytes(UTF_8), new byte[] {kind.type}, publicKey)
                .bytes();
        return ByteBuffer.wrap(hash).getInt();
    }

    private static String hex(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey key
                && name.equals(key.name)
                && kind == key.kind
                && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, kind, Arrays.hashCode(publicKey));
    }

    @Override
    public String toString() {
        return vkey();
    }
}
