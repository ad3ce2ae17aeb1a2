package io.clearmarket.gateway.privacy;

import io.clearmarket.chaincode.api.Commitment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import java.util.HexFormat;

/**
 * A field with what opens its commitment: to give these three to somebody is to disclose it, in the words of a proof file's
 * {@code disclosures}.
 *
 * @param path the field's name, such as {@code review.text}
 * @param salt 32 random bytes in lower-case hexadecimal, made by the subject's device
 * @param value at most 4,000 characters
 */
public record PrivateField(String path, String salt, String value) {
    /** What a field's name looks like. */
    public static final String PATH = "[a-z][A-Za-z0-9.]{1,99}";

    /** What a salt looks like. */
    public static final String SALT = "[0-9a-f]{64}";

    private static final int LONGEST = 4_000;

    public PrivateField {
        if (!path.matches(PATH)) {
            throw new InvalidValue("path", "", "2 to 100 letters, digits or dots, a small letter first");
        }
        if (!salt.matches(SALT)) {
            throw new InvalidValue("salt", "", "64 lower-case hexadecimal digits");
        }
        if (value.length() > LONGEST) {
            throw new InvalidValue("value", value.length() + " characters", "at most " + LONGEST + " characters");
        }
    }

    /** What the ledger carries of it. */
    public Digest commitment() {
        return Commitment.of(HexFormat.of().parseHex(salt), path, value);
    }

    /** The value stays out of logs. */
    @Override
    public String toString() {
        return "PrivateField[" + path + "]";
    }
}
