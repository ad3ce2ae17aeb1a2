package io.clearmarket.gateway.settlement.attester;

/** An attester's answer to one fact. */
public sealed interface Answer {
    /** @param signature 65 bytes r||s||v, 0x-prefixed hexadecimal */
    record Signed(String signature) implements Answer {}

    /** @param reason why not, for a person */
    record Declined(String reason) implements Answer {}
}
