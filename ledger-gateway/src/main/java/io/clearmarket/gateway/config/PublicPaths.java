package io.clearmarket.gateway.config;

import java.util.List;

/**
 * What a module shows to everybody. A bean of each module that has some; all else needs a token.
 *
 * @param patterns path patterns that may be read (GET and HEAD) without one
 * @param posts path patterns that may be posted to without one
 */
public record PublicPaths(List<String> patterns, List<String> posts) {
    public PublicPaths {
        patterns = List.copyOf(patterns);
        posts = List.copyOf(posts);
    }

    /** These patterns, for reading. */
    public static PublicPaths of(String... patterns) {
        return new PublicPaths(List.of(patterns), List.of());
    }
}
