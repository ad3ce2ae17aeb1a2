package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.readmodel.EventPosition;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox as its sender sees it. */
@Component
class DeliveryQueue {
    private static final int GONE = 410;

    /** The newest so many; each is a signature more in a header. */
    private static final int FORMER_SECRETS = 8;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    DeliveryQueue(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * A delivery to be tried now.
     *
     * @param secrets the webhook's, and its former ones while those are still taken
     * @param attempts how many there were
     * @param pauses how many of them were since it was last asked for
     */
    record Due(
            UUID webhook,
            EventPosition position,
            URI url,
            List<String> secrets,
            Message message,
            int attempts,
            int pauses) {}

    /** The webhooks for which something is due. */
    List<UUID> waiting() {
        return database.sql("""
                        select id from webhook w where exists (
                            select 1 from webhook_delivery d
                            where d.webhook_id = w.id and d.state = 'PENDING' and d.next_attempt <= ?)""")
                .param(Timestamp.from(Instant.now()))
                .query((row, i) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Takes what is due for a webhook, oldest first, and lends it for a while: if nothing is recorded until then it is due again. */
    List<Due> claim(UUID webhook, int limit, Duration lease) {
        return database
                .sql("""
                        update webhook_delivery d set next_attempt = :until
                        from webhook w
                        where w.id = d.webhook_id and (d.webhook_id, d.block, d.tx_index, d.seq) in (
                            select webhook_id, block, tx_index, seq from webhook_delivery
                            where webhook_id = :webhook and state = 'PENDING' and next_attempt <= :now
                            order by next_attempt, block, tx_index, seq limit :limit for update skip locked)
                        returning d.webhook_id, d.block, d.tx_index, d.seq, w.url,
                            array(
                                select w.secret union all (
                                    select f.secret from webhook_former_secret f
                                    where f.webhook_id = w.id and f.until > :now order by f.until desc limit :formers)),
                            d.body, d.attempts, d.attempts - d.attempts_before, d.number""")
                .param("until", Timestamp.from(Instant.now().plus(lease)))
                .param("now", Timestamp.from(Instant.now()))
                .param("webhook", webhook)
                .param("limit", limit)
                .param("formers", FORMER_SECRETS)
                .query((row, i) -> Map.entry(row.getLong(10), due(row)))
                .list()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Due due(ResultSet row) throws SQLException {
        EventPosition position = new EventPosition(row.getLong(2), row.getInt(3), row.getInt(4));
        return new Due(
                row.getObject(1, UUID.class),
                position,
                URI.create(row.getString(5)),
                List.of((String[]) row.getArray(6).getArray()),
                new Message(position.toString(), row.getString(7)),
                row.getInt(8),
                row.getInt(9));
    }

    /** Notes what an attempt came to: delivered, to be tried again after the next pause, or given up. */
    void record(
            Due due,
            Instant at,
            Duration took,
            @Nullable Integer status,
            @Nullable String error,
            List<Duration> retries) {
        boolean delivered = status != null && status / 100 == 2;
        boolean givenUp = !delivered
                && (due.pauses() >= retries.size() || Integer.valueOf(GONE).equals(status));
        Duration pause = delivered || givenUp ? Duration.ZERO : retries.get(due.pauses());
        String state = delivered ? "DELIVERED" : givenUp ? "FAILED" : "PENDING";
        EventPosition place = due.position();
        transaction.executeWithoutResult(done -> {
            database.sql("""
                            insert into webhook_attempt
                                (webhook_id, block, tx_index, seq, attempt, at, status, error, milliseconds)
                            select id, :block, :index, :seq, :attempt, :at, :status, :error, :took
                            from webhook where id = :webhook""")
                    .param("block", place.block())
                    .param("index", place.index())
                    .param("seq", place.sequence())
                    .param("attempt", due.attempts() + 1)
                    .param("at", Timestamp.from(at))
                    .param("status", status)
                    .param("error", error)
                    .param("took", (int) took.toMillis())
                    .param("webhook", due.webhook())
                    .update();
            database.sql("""
                            update webhook_delivery set state = ?, attempts = ?, next_attempt = ?
                            where webhook_id = ? and block = ? and tx_index = ? and seq = ?""")
                    .params(
                            state,
                            due.attempts() + 1,
                            Timestamp.from(Instant.now().plus(pause)),
                            due.webhook(),
                            place.block(),
                            place.index(),
                            place.sequence())
                    .update();
            if (Integer.valueOf(GONE).equals(status)) {
                database.sql("update webhook set active = false where id = ?")
                        .param(due.webhook())
                        .update();
            }
        });
    }
}
