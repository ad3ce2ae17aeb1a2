package io.clearmarket.gateway.privacy;

import io.clearmarket.chaincode.api.Commitment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A field with what opens its commitment: to give these three to somebody is to disclose it, in the words of a proof file's
 * {@code disclosures}.
 *
 * @param path the field's name, such as {@code review.text}
 * @param salt 32 random bytes in lower-case hexadecimal, made by the subject's device
 * @param value at most 4,000 characters
 */
public record PrivateField(String path, String salt, String value) {
    private static final Pattern PATH = Pattern.compile("[a-z][A-Za-z0-9.]{1,99}");
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST = 4_000;

    public PrivateField {
        if (!PATH.matcher(path).matches()) {
            throw new InvalidValue("path", "", "2 to 100 letters, digits or dots, a small letter first");
        }
        if (!SALT.matcher(salt).matches()) {
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
