package io.clearmarket.wallet.proof;

import io.clearmarket.wallet.json.CanonicalJson;
import java.util.List;

/**
 * The ledger's trace of a private field: SHA-256(0x01 || salt || RFC 8785 bytes of [path, value]). Disclosing the field is
 * giving salt and value; without the salt nothing can be guessed from it.
 */
public final class FieldCommitment {
    /** The length of a salt. */
    public static final int SALT_BYTES = 32;

    private static final byte[] FIELD = {1};

    private FieldCommitment() {}

    /**
     * The commitment.
     *
     * @param salt 32 random bytes, one salt for each field
     * @param path the field's name, such as {@code review.text}
     * @throws IllegalArgumentException if the salt is not of 32 bytes
     */
    public static Hash of(byte[] salt, String path, String value) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length);
        }
        return Hash.sha256(FIELD, salt, CanonicalJson.bytes(List.of(path, value)));
    }
}
