package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.query.EventQuery.OrderBy;
import io.clearmarket.gateway.epcis.store.StoredEvent;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds events. A result that goes over several pages holds what was there at the first. */
@Component
class EventQueries {
    private final JdbcClient database;

    EventQueries(JdbcClient database) {
        this.database = database;
    }

    /**
     * A page of a result.
     *
     * @param next the token of the next page; null on the last
     * @param last the place in the repository of the page's last event; of an empty one where it began
     */
    record Page(List<StoredEvent> events, @Nullable String next, long last) {}

    /**
     * The first page, or the one that a token names.
     *
     * @throws EpcisProblem the result is larger than the query allows, or the token none of ours
     */
    Page find(EventQuery query, int perPage, @Nullable String token) {
        PageToken from = token == null ? PageToken.first(newest()) : PageToken.parse(token);
        if (token == null && query.most() != null) {
            requireAtMost(query, query.most());
        }
        int wanted = query.limit() == null ? perPage : Math.min(perPage, query.limit() - from.given());
        if (wanted <= 0) {
            return new Page(List.of(), null, from.seq());
        }
        boolean descending = query.orderBy() != null && query.descending();
        String key = key(query.orderBy(), descending);
        Where where = Where.all(query.conditions()).and("e.seq <= ?", from.newest());
        if (from.key() != null) {
            String mark = "?::" + type(query.orderBy());
            where.and(
                    "(" + key + ", e.seq) " + (descending ? "<" : ">") + " (" + mark + ", ?)", from.key(), from.seq());
        }
        String direction = descending ? " desc" : "";
        List<Row> rows = database.sql("""
                        select e.*, (%s)::text as sort_key from captured_event e
                        %s
                        order by %s%s, e.seq%s limit %d""".formatted(key, where.sql(), key, direction, direction, wanted + 1))
                .params(where.parameters())
                .query(EventQueries::row)
                .list();
        boolean more = rows.size() > wanted && (query.limit() == null || from.given() + wanted < query.limit());
        List<Row> page = rows.size() > wanted ? rows.subList(0, wanted) : rows;
        String next = more
                ? from.after(page.getLast().key(), page.getLast().seq(), wanted).text()
                : null;
        return new Page(
                page.stream().map(Row::event).toList(),
                next,
                page.isEmpty() ? from.seq() : page.getLast().seq());
    }

    private void requireAtMost(EventQuery query, int most) {
        Where where = Where.all(query.conditions());
        long found = database.sql("select count(*) from (select 1 from captured_event e " + where.sql() + " limit "
                        + (most + 1L) + ") found")
                .params(where.parameters())
                .query(Long.class)
                .single();
        if (found > most) {
            throw new EpcisProblem(
                    Kind.QUERY_TOO_LARGE, "more than " + most + " events match, as maxEventCount allows");
        }
    }

    /** The place of the newest event in the repository; 0 for none. */
    long newest() {
        return database.sql("select coalesce(max(seq), 0) from captured_event")
                .query(Long.class)
                .single();
    }

    private static String key(@Nullable OrderBy order, boolean descending) {
        return switch (order) {
            case null -> "e.seq";
            case OrderBy.OwnTime time -> "e." + time.column();
            // the name is one of the reader's, quoted as a literal since it stands in the order too
            case OrderBy.Named named ->
                "coalesce((select min(coalesce(v.number, extract(epoch from v.at))) from captured_value v"
                        + " where v.seq = e.seq and v.name = '" + named.name().replace("'", "''")
                        + "'), '" + (descending ? "-Infinity" : "Infinity") + "'::numeric)";
        };
    }

    private static String type(@Nullable OrderBy order) {
        return switch (order) {
            case null -> "bigint";
            case OrderBy.OwnTime time -> "timestamptz";
            case OrderBy.Named named -> "numeric";
        };
    }

    private record Row(StoredEvent event, String key, long seq) {}

    private static Row row(ResultSet row, int number) throws SQLException {
        String context = row.getString("context");
        StoredEvent event = new StoredEvent(
                row.getString("event_id"),
                row.getString("hash"),
                row.getString("declaration"),
                Json.MAPPER.readTree(row.getString("event")),
                context == null ? null : Json.MAPPER.readTree(context),
                row.getString("document"),
                row.getString("party"),
                row.getTimestamp("event_time").toInstant(),
                row.getTimestamp("record_time").toInstant());
        return new Row(event, row.getString("sort_key"), row.getLong("seq"));
    }
}
