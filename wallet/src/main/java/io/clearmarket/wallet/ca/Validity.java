package io.clearmarket.wallet.ca;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a certificate is valid, both ends included, in whole seconds. */
public record Validity(Instant notBefore, Instant notAfter) {
    /** Machines' clocks differ a little; a certificate must work where it is carried at once. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException if it ends before it begins */
    public Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("a validity from " + notBefore + " cannot end at " + notAfter);
        }
    }

    /** From five minutes before now. */
    public static Validity from(Instant now, Duration length) {
        return new Validity(now.minus(CLOCK_SKEW), now.plus(length));
    }

    /** From five minutes before now, by the system's clock, for this many days. */
    public static Validity ofDays(int days) {
        return from(Instant.now(), Duration.ofDays(days));
    }
}
