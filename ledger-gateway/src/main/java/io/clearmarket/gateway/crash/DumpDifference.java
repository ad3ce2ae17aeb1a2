package io.clearmarket.gateway.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What differs between two canonical dumps, line by line; the order of lines says nothing. */
final class DumpDifference {
    private DumpDifference() {}

    /** Lines only the first has, after {@code - }, and lines only the second has, after {@code + }; none if they are equal. */
    static List<String> of(String first, String second) {
        Map<String, Integer> surplus = new TreeMap<>();
        first.lines().forEach(line -> surplus.merge(line, 1, Integer::sum));
        second.lines().forEach(line -> surplus.merge(line, -1, Integer::sum));
        List<String> differences = new ArrayList<>();
        surplus.forEach((line, count) -> {
            for (int i = 0; i < Math.abs(count); i++) {
                differences.add((count > 0 ? "- " : "+ ") + line);
            }
        });
        return differences;
    }
}
