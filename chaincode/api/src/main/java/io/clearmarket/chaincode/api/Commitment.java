package io.clearmarket.chaincode.api;

import io.clearmarket.wallet.proof.FieldCommitment;

/**
 * The ledger's trace of a private field: SHA-256(0x01 || salt || RFC 8785 bytes of [path, value]). The client makes it;
 * disclosing the field is giving salt and value, and without the salt nothing can be guessed from it.
 */
public final class Commitment {
    private Commitment() {}

    /**
     * @param salt 32 random bytes, one salt for each field
     * @param path the field's name, such as {@code review.text}
     */
    public static Digest of(byte[] salt, String path, String value) {
        if (salt.length != FieldCommitment.SALT_BYTES) {
            throw new InvalidValue("salt", salt.length + " bytes", "32 bytes");
        }
        return Digest.of(FieldCommitment.of(salt, path, value).bytes());
    }
}
