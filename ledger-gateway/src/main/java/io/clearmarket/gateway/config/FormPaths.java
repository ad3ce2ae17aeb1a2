package io.clearmarket.gateway.config;

import java.util.List;

/**
 * What a module takes from the forms of its own pages. With its form's token the pages' cookie counts there for writing too; without, or on
 * any other path, it never does. A bean of each module that has some, which says itself what it makes of somebody unknown.
 *
 * @param patterns path patterns that may be posted to
 */
public record FormPaths(List<String> patterns) {
    public FormPaths {
        patterns = List.copyOf(patterns);
    }
}
