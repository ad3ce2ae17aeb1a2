package io.clearmarket.gateway.config;

import java.util.List;

/**
 * What a module shows to everybody. A bean of each module that has some; all else needs a token.
 *
 * @param patterns path patterns that may be read (GET and HEAD) without one
 */
public record PublicPaths(List<String> patterns) {
    public PublicPaths {
        patterns = List.copyOf(patterns);
    }

    /** These patterns. */
    public static PublicPaths of(String... patterns) {
        return new PublicPaths(List.of(patterns));
    }
}
