package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A non-negative whole number of minor units, below 2^120 (what the escrow contract can hold). Exact: what would go below
 * zero or over the limit throws. In JSON a decimal string, since JSON numbers lose digits above 2^53.
 */
public record Amount(BigInteger units) implements Comparable<Amount> {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,36}");

    /** The first value that is too large: 2^120. */
    public static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(120);

    public static final Amount ZERO = new Amount(BigInteger.ZERO);
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);

    public Amount {
        if (units.signum() < 0 || units.compareTo(LIMIT) >= 0) {
            throw new InvalidValue("amount", units.toString(), "a whole number from 0 to 2^120 - 1");
        }
    }

    public static Amount of(long units) {
        return new Amount(BigInteger.valueOf(units));
    }

    /** Parses plain decimal digits, no sign, no leading zero. */
    @JsonCreator
    public static Amount parse(String digits) {
        if (!FORM.matcher(digits).matches()) {
            throw new InvalidValue("amount", digits, "decimal digits without sign or leading zero, such as \"1250\"");
        }
        return new Amount(new BigInteger(digits));
    }

    public Amount plus(Amount other) {
        return new Amount(units.add(other.units));
    }

    public Amount minus(Amount other) {
        return new Amount(units.subtract(other.units));
    }

    public Amount times(long factor) {
        return new Amount(units.multiply(BigInteger.valueOf(factor)));
    }

    /** This many hundredths of a per cent of the amount, rounded down. */
    public Amount basisPoints(int bps) {
        return new Amount(units.multiply(BigInteger.valueOf(bps)).divide(TEN_THOUSAND));
    }

    public boolean isZero() {
        return units.signum() == 0;
    }

    public boolean isMoreThan(Amount other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Amount other) {
        return units.compareTo(other.units);
    }

    @JsonValue
    @Override
    public String toString() {
        return units.toString();
    }
}
