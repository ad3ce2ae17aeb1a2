package io.clearmarket.gateway.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is asked for again only once it is old; for many threads. */
final class FreshValue<T> {
    private final Duration fresh;
    private final Supplier<T> source;
    private @Nullable T value;
    private Instant asOf = Instant.MIN;

    /** @param fresh how old it may become */
    FreshValue(Duration fresh, Supplier<T> source) {
        this.fresh = fresh;
        this.source = source;
    }

    synchronized T current(Instant now) {
        T known = value;
        if (known == null || asOf.plus(fresh).isBefore(now)) {
            known = source.get();
            value = known;
            asOf = now;
        }
        return known;
    }
}
