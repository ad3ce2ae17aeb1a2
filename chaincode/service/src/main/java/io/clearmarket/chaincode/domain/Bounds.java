package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.InvalidValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Bounds of single values. */
final class Bounds {
    /** Instants outside these are mistakes, and arithmetic with those inside never overflows. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Bounds() {}

    static void require(String value, String field, String pattern, String expected) {
        if (!value.matches(pattern)) {
            throw new InvalidValue(field, value, expected);
        }
    }

    static void requireIfPresent(@Nullable String value, String field, String pattern, String expected) {
        if (value != null) {
            require(value, field, pattern, expected);
        }
    }

    /** A sane instant. */
    static void require(Instant value, String field) {
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw new InvalidValue(field, value.toString(), "from " + FIRST + " to " + LAST);
        }
    }
}
