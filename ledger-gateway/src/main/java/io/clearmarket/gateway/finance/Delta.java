package io.clearmarket.gateway.finance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.clearmarket.chaincode.api.Amount;
import java.math.BigInteger;

/** A number of minor units that may be below zero; in JSON a decimal string, like {@link Amount}. */
public record Delta(BigInteger units) {
    public static final Delta ZERO = new Delta(BigInteger.ZERO);

    /** Parses decimal digits with or without a minus sign. */
    @JsonCreator
    public static Delta parse(String digits) {
        return new Delta(new BigInteger(digits));
    }

    public static Delta of(Amount amount) {
        return new Delta(amount.units());
    }

    /** What has to be added to one amount to get the other. */
    public static Delta between(Amount from, Amount to) {
        return new Delta(to.units().subtract(from.units()));
    }

    public Delta plus(Delta other) {
        return new Delta(units.add(other.units));
    }

    public Delta minus(Delta other) {
        return new Delta(units.subtract(other.units));
    }

    public boolean isZero() {
        return units.signum() == 0;
    }

    public boolean isNegative() {
        return units.signum() < 0;
    }

    @JsonValue
    @Override
    public String toString() {
        return units.toString();
    }
}
