package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.query.Condition.Comparison;
import io.clearmarket.gateway.epcis.store.EventIndex;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Conditions as SQL over {@code captured_event e}; every value is a bound parameter. */
final class Where {
    private final List<String> clauses = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** All of them. */
    static Where all(List<Condition> conditions) {
        Where where = new Where();
        conditions.forEach(condition -> where.clauses.add(where.sql(condition)));
        return where;
    }

    /** {@code where ... and ...}, or nothing. */
    String sql() {
        return clauses.isEmpty() ? "" : "where " + String.join("\n  and ", clauses);
    }

    /** In the order of their marks. */
    List<Object> parameters() {
        return parameters;
    }

    /** One more clause, with its parameters. */
    Where and(String clause, Object... values) {
        clauses.add(clause);
        parameters.addAll(List.of(values));
        return this;
    }

    private String sql(Condition condition) {
        return switch (condition) {
            case Condition.Facets facets ->
                bound(
                        "e.facets && ?::text[]",
                        array(facets.anyOf().stream().map(EventIndex::kept).toList()));
            case Condition.Matching matching ->
                bound("exists (select 1 from unnest(e.facets) f where f ~ any(?::text[]))", array(matching.patterns()));
            case Condition.Measure number -> named("number", number.name(), number.comparison(), number.value());
            case Condition.Time time -> named("at", time.name(), time.comparison(), Timestamp.from(time.value()));
            case Condition.EventTime time -> own("event_time", time.comparison(), time.value());
            case Condition.RecordTime time -> own("record_time", time.comparison(), time.value());
            case Condition.Ids ids -> {
                String[] all = array(ids.anyOf());
                parameters.add(all);
                parameters.add(all);
                yield "(e.event_id = any(?::text[]) or e.hash = any(?::text[]))";
            }
            case Condition.Within within -> within(within);
            case Condition.Described described -> described(described);
            case Condition.After after -> bound("e.seq > ?", after.seq());
            case Condition.Any any -> {
                List<String> parts = new ArrayList<>();
                any.of().forEach(one -> parts.add(sql(one)));
                yield "(" + String.join(" or ", parts) + ")";
            }
        };
    }

    private String named(String column, String name, Comparison comparison, Object value) {
        parameters.add(name);
        parameters.add(value);
        return "e.seq in (select v.seq from captured_value v where v.name = ? and v." + column + " " + comparison.sql()
                + " ?)";
    }

    private String own(String column, Comparison comparison, Instant value) {
        return bound("e." + column + " " + comparison.sql() + " ?", Timestamp.from(value));
    }

    private String within(Condition.Within within) {
        parameters.add(array(within.places()));
        parameters.add(within.field());
        return """
                e.facets && array(
                    with recursive inside (id) as (
                        select unnest(?::text[])
                        union
                        select c.child from master_child c join inside i on c.parent = i.id)
                    select ?::text || '=' || id from inside)""";
    }

    private String described(Condition.Described described) {
        parameters.add(described.field());
        parameters.add(described.attribute());
        String values = "";
        if (!described.values().isEmpty()) {
            parameters.add(array(described.values()));
            values = " and m.value = any(?::text[])";
        }
        return "e.facets && array(select ?::text || '=' || m.id from master_attribute m where m.attribute = ?" + values
                + ")";
    }

    private String bound(String clause, Object value) {
        parameters.add(value);
        return clause;
    }

    private static String[] array(List<String> values) {
        return values.toArray(String[]::new);
    }
}
