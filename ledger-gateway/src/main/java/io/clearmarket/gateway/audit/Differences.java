package io.clearmarket.gateway.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Collects what differs, a line each. */
final class Differences {
    private final List<String> lines = new ArrayList<>();

    /** Adds a line unless both are equal. */
    void requireEqual(String subject, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            add(subject, what, expected, found);
        }
    }

    /** Adds a line if there is less than that. */
    void requireAtLeast(String subject, String what, BigInteger least, BigInteger found) {
        if (found.compareTo(least) < 0) {
            add(subject, what, "at least " + least, found);
        }
    }

    /** Adds a line if there is more than that. */
    void requireAtMost(String subject, String what, BigInteger most, BigInteger found) {
        if (found.compareTo(most) > 0) {
            add(subject, what, "at most " + most, found);
        }
    }

    void add(String subject, String what, Object expected, Object found) {
        lines.add(subject + ": " + what + ": expected " + expected + ", found " + found);
    }

    List<String> lines() {
        return lines;
    }
}
