package io.clearmarket.gateway.epcis.query;

import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Named queries and their subscriptions. */
@Component
class NamedQueryStore {
    private final JdbcClient database;

    NamedQueryStore(JdbcClient database) {
        this.database = database;
    }

    /** False if the name is taken. */
    boolean add(NamedQuery query) {
        return database.sql("""
                                insert into named_query (name, owner, query, created_at) values (?, ?, ?::jsonb, ?)
                                on conflict (name) do nothing""")
                        .params(
                                query.name(),
                                query.owner(),
                                Json.MAPPER.writeValueAsString(query.query()),
                                Timestamp.from(query.createdAt()))
                        .update()
                == 1;
    }

    Optional<NamedQuery> find(String name) {
        return database.sql("select * from named_query where name = ?")
                .param(name)
                .query(NamedQueryStore::named)
                .optional();
    }

    List<NamedQuery> page(int offset, int limit) {
        return database.sql("select * from named_query order by name limit ? offset ?")
                .params(limit, offset)
                .query(NamedQueryStore::named)
                .list();
    }

    /** With its subscriptions. */
    void delete(String name) {
        database.sql("delete from named_query where name = ?").param(name).update();
    }

    void add(Subscription subscription) {
        database.sql("""
                        insert into query_subscription
                            (id, query_name, owner, dest, signature_token, stream, schedule, report_if_empty,
                             initial_record_time, created_at, told, due_at, failures)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, 0)""")
                .params(Arrays.asList(
                        subscription.id(),
                        subscription.queryName(),
                        subscription.owner(),
                        subscription.dest().toString(),
                        subscription.signatureToken(),
                        subscription.stream(),
                        subscription.schedule() == null
                                ? null
                                : Json.MAPPER.writeValueAsString(subscription.schedule()),
                        subscription.reportIfEmpty(),
                        timestamp(subscription.initialRecordTime()),
                        timestamp(subscription.createdAt()),
                        subscription.told(),
                        timestamp(subscription.dueAt())))
                .update();
    }

    /** An owner's subscriptions to a query, oldest first. */
    List<Subscription> subscriptions(String queryName, String owner, int offset, int limit) {
        return database.sql("""
                        select * from query_subscription where query_name = ? and owner = ?
                        order by created_at, id limit ? offset ?""")
                .params(queryName, owner, limit, offset)
                .query(NamedQueryStore::subscription)
                .list();
    }

    Optional<Subscription> subscription(String queryName, String id) {
        return database.sql("select * from query_subscription where query_name = ? and id = ?")
                .params(queryName, id)
                .query(NamedQueryStore::subscription)
                .optional();
    }

    void deleteSubscription(String id) {
        database.sql("delete from query_subscription where id = ?").param(id).update();
    }

    /** What is to be looked at now. */
    List<Subscription> due(Instant now) {
        return database.sql("select * from query_subscription where due_at <= ? order by due_at, id")
                .param(timestamp(now))
                .query(NamedQueryStore::subscription)
                .list();
    }

    /** Notes how it went; what is null stays. */
    void note(Subscription subscription, long told, @Nullable Instant notifiedAt, Instant dueAt, int failures) {
        database.sql("""
                        update query_subscription
                        set told = ?, notified_at = coalesce(?, notified_at), due_at = ?, failures = ? where id = ?""")
                .params(Arrays.asList(told, timestamp(notifiedAt), timestamp(dueAt), failures, subscription.id()))
                .update();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static NamedQuery named(ResultSet row, int number) throws SQLException {
        return new NamedQuery(
                row.getString("name"),
                row.getString("owner"),
                Json.MAPPER.readTree(row.getString("query")),
                row.getTimestamp("created_at").toInstant());
    }

    private static Subscription subscription(ResultSet row, int number) throws SQLException {
        String schedule = row.getString("schedule");
        Timestamp initial = row.getTimestamp("initial_record_time");
        Timestamp notified = row.getTimestamp("notified_at");
        return new Subscription(
                row.getString("id"),
                row.getString("query_name"),
                row.getString("owner"),
                URI.create(row.getString("dest")),
                row.getString("signature_token"),
                row.getBoolean("stream"),
                schedule == null ? null : Json.MAPPER.readTree(schedule),
                row.getBoolean("report_if_empty"),
                initial == null ? null : initial.toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getLong("told"),
                notified == null ? null : notified.toInstant(),
                row.getTimestamp("due_at").toInstant(),
                row.getInt("failures"));
    }
}
