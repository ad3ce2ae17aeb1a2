package io.clearmarket.chaincode.api;

import java.util.regex.Pattern;

/** An amount in minor units of a currency: {@code {"amount":"12755","currency":"BRL"}}. */
public record Money(Amount amount, @Form(Money.CURRENCY) String currency) {
    /** An ISO 4217 code. */
    public static final String CURRENCY = "[A-Z]{3}";

    private static final Pattern FORM = Pattern.compile(CURRENCY);

    public Money {
        if (!FORM.matcher(currency).matches()) {
            throw new InvalidValue("currency", currency, "an ISO 4217 code of three capital letters");
        }
    }
}
