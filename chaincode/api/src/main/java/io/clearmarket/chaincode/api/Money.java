package io.clearmarket.chaincode.api;

/** An amount in minor units of a currency: {@code {"amount":"12755","currency":"BRL"}}. */
public record Money(Amount amount, String currency) {
    public Money {
        if (!currency.matches("[A-Z]{3}")) {
            throw new InvalidValue("currency", currency, "an ISO 4217 code of three capital letters");
        }
    }
}
