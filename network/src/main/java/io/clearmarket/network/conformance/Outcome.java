package io.clearmarket.network.conformance;

/**
 * What became of a statement.
 *
 * @param seen what was seen instead, or why it was not run; empty if it held
 */
record Outcome(Statement statement, Variant variant, Verdict verdict, String seen, double seconds) {
    enum Verdict {
        HELD,
        DIFFERENT,
        NOT_RUN
    }
}
