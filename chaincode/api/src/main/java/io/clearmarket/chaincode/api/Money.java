package io.clearmarket.chaincode.api;

import java.util.regex.Pattern;

/** An amount in minor units of a currency: {@code {"amount":"12755","currency":"BRL"}}. */
public record Money(Amount amount, String currency) {
    private static final Pattern FORM = Pattern.compile("[A-Z]{3}");

    public Money {
        if (!FORM.matcher(currency).matches()) {
            throw new InvalidValue("currency", currency, "an ISO 4217 code of three capital letters");
        }
    }
}
