package io.clearmarket.wallet.proof;

import io.clearmarket.wallet.Digests;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 hash: 32 bytes, compared by value. */
public final class Hash {
    /** The length in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of these 32 bytes; {@link IllegalArgumentException} if they are not 32. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** SHA-256 of the parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        return new Hash(Digests.sha256(parts));
    }

    /**
     * The hash that a base64 text stands for.
     *
     * @throws InvalidProof if it is none, or not in the one canonical spelling
     */
    public static Hash fromBase64(String text) {
        byte[] bytes = Base64Text.decode(text);
        if (bytes.length != BYTES) {
            throw InvalidProof.format("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** RFC 4648 section 4. */
    public String base64() {
        return Base64Text.encode(bytes);
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
