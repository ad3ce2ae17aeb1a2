package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * One side of a quote's fraction, below 2^120. In JSON a number as long as canonical JSON can hold it (2^53 - 1), a decimal string beyond: a cent is 10^16 minor
 * units of a token of 18 digits that is worth a dollar. Each value has one form, so terms have one hash.
 */
public record QuoteSide(BigInteger value) {
    /** As a JSON string has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("[1-9][0-9]{15,36}");

    /** The largest that is a JSON number. */
    public static final BigInteger LARGEST_NUMBER = BigInteger.valueOf((1L << 53) - 1);

    public QuoteSide {
        if (value.abs().compareTo(Amount.LIMIT) >= 0) {
            throw new InvalidValue("quote", value.toString(), "a fraction of whole numbers below 2^120");
        }
    }

    /** From a JSON number. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static QuoteSide of(long value) {
        QuoteSide side = new QuoteSide(BigInteger.valueOf(value));
        if (!side.isNumber()) {
            throw new InvalidValue("quote", Long.toString(value), "a string of its digits above " + LARGEST_NUMBER);
        }
        return side;
    }

    /** From a JSON string, the form of values that no JSON number holds. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static QuoteSide parse(String digits) {
        QuoteSide side = FORM.matcher(digits).matches() ? new QuoteSide(new BigInteger(digits)) : null;
        if (side == null || side.isNumber()) {
            throw new InvalidValue(
                    "quote", digits, "a JSON number, or above " + LARGEST_NUMBER + " its decimal digits");
        }
        return side;
    }

    public boolean isPositive() {
        return value.signum() > 0;
    }

    /** A number or a string. */
    @JsonValue
    Object json() {
        if (isNumber()) {
            return value.longValueExact();
        }
        return value.toString();
    }

    private boolean isNumber() {
        return value.abs().compareTo(LARGEST_NUMBER) <= 0;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
