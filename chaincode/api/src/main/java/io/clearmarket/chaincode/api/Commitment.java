package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.json.CanonicalJson;
import java.util.List;

/**
 * The ledger's trace of a private field: SHA-256(0x01 || salt || RFC 8785 bytes of [path, value]). The client makes it;
 * disclosing the field is giving salt and value, and without the salt nothing can be guessed from it.
 */
public final class Commitment {
    private static final int SALT_BYTES = 32;

    private Commitment() {}

    /**
     * @param salt 32 random bytes, one salt for each field
     * @param path the field's name, such as {@code review.text}
     */
    public static Digest of(byte[] salt, String path, String value) {
        if (salt.length != SALT_BYTES) {
            throw new InvalidValue("salt", salt.length + " bytes", "32 bytes");
        }
        byte[] field = CanonicalJson.bytes(List.of(path, value));
        byte[] all = new byte[1 + SALT_BYTES + field.length];
        all[0] = 1;
        System.arraycopy(salt, 0, all, 1, SALT_BYTES);
        System.arraycopy(field, 0, all, 1 + SALT_BYTES, field.length);
        return Digest.sha256(all);
    }
}
