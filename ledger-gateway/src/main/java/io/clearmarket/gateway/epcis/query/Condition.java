package io.clearmarket.gateway.epcis.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What a query asks of an event; all of a query's conditions must hold. Values are canonical already. */
sealed interface Condition {
    /** Has one of these facets. */
    record Facets(List<String> anyOf) implements Condition {}

    /** Has a facet that matches one of these regular expressions (PostgreSQL's, whole). */
    record Matching(List<String> patterns) implements Condition {}

    /** Has a number of this name that compares so. */
    record Measure(String name, Comparison comparison, BigDecimal value) implements Condition {}

    /** Has an instant of this name that compares so. */
    record Time(String name, Comparison comparison, Instant value) implements Condition {}

    /** The event's own time. */
    record EventTime(Comparison comparison, Instant value) implements Condition {}

    /** When it was recorded. */
    record RecordTime(Comparison comparison, Instant value) implements Condition {}

    /** Was captured under one of these ids, or has it as its hash id. */
    record Ids(List<String> anyOf) implements Condition {}

    /** The place is one of these or, by the master data, inside one of them. */
    record Within(String field, List<String> places) implements Condition {}

    /** What a field names has this attribute in the master data, with one of these values; with any if there are none. */
    record Described(String field, String attribute, List<String> values) implements Condition {}

    /** Came into the repository after this one. */
    record After(long seq) implements Condition {}

    /** One of these holds. */
    record Any(List<Condition> of) implements Condition {}

    /** How numbers and instants compare. */
    enum Comparison {
        GT(">"),
        GE(">="),
        LT("<"),
        LE("<=");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }
}
