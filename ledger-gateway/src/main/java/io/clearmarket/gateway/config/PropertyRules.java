package io.clearmarket.gateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What values of properties must be; each throws {@link IllegalArgumentException} naming property, value and what would be right. */
public final class PropertyRules {
    private PropertyRules() {}

    /** An address that can be asked by HTTP, if there is one. */
    public static void requireWeb(String property, @Nullable URI value) {
        if (value != null
                && (value.getHost() == null || !List.of("http", "https").contains(value.getScheme()))) {
            throw new IllegalArgumentException(
                    property + " is \"" + value + "\"; it takes an address such as http://127.0.0.1:8545");
        }
    }

    /** A length of time, or none. */
    public static void requireNotNegative(String property, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(property + " is " + value.toMillis() + " ms; it takes nothing or more");
        }
    }

    /** A length of time. */
    public static void requirePositive(String property, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    property + " is " + value.toMillis() + " ms; it takes more than nothing");
        }
    }
}
