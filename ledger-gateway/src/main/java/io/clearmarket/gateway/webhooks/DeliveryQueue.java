package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.readmodel.EventPosition;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private static final int LONGEST_ERROR = 300;

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
     * @param until when it is due again if nothing is recorded
     * @param secrets the webhook's, and its former ones while those are still taken
     * @param pauses how many attempts there were since it was last asked for
     */
    record Due(
            UUID webhook,
            EventPosition position,
            Instant until,
            URI url,
            List<String> secrets,
            Message message,
            int pauses) {}

    /** The webhooks that are on and for which something is due. */
    List<UUID> waiting() {
        return database.sql("""
                        select id from webhook w where w.active and exists (
                            select 1 from webhook_delivery d
                            where d.webhook_id = w.id and d.state = 'PENDING' and d.next_attempt <= ?)""")
                .param(Timestamp.from(Instant.now()))
                .query((row, i) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Takes what is due for a webhook that is on, oldest first, and lends it for a while: if nothing is recorded until then it is due again. */
    List<Due> claim(UUID webhook, int limit, Duration lease) {
        Instant until = Instant.now().plus(lease).truncatedTo(ChronoUnit.MICROS);
        return database
                .sql("""
                        update webhook_delivery d set next_attempt = :until
                        from webhook w
                        where w.id = d.webhook_id and w.active and (d.webhook_id, d.block, d.tx_index, d.seq) in (
                            select webhook_id, block, tx_index, seq from webhook_delivery
                            where webhook_id = :webhook and state = 'PENDING' and next_attempt <= :now
                            order by next_attempt, block, tx_index, seq limit :limit for update skip locked)
                        returning d.webhook_id, d.block, d.tx_index, d.seq, w.url,
                            array(
                                select w.secret union all (
                                    select f.secret from webhook_former_secret f
                                    where f.webhook_id = w.id and f.until > :now order by f.until desc limit :formers)),
                            d.body, d.attempts - d.attempts_before, d.number""")
                .param("until", Timestamp.from(until))
                .param("now", Timestamp.from(Instant.now()))
                .param("webhook", webhook)
                .param("limit", limit)
                .param("formers", FORMER_SECRETS)
                .query((row, i) -> Map.entry(row.getLong(9), due(row, until)))
                .list()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Due due(ResultSet row, Instant until) throws SQLException {
        EventPosition position = new EventPosition(row.getLong(2), row.getInt(3), row.getInt(4));
        return new Due(
                row.getObject(1, UUID.class),
                position,
                until,
                URI.create(row.getString(5)),
                List.of((String[]) row.getArray(6).getArray()),
                new Message(position.toString(), row.getString(7)),
                row.getInt(8));
    }

    /**
     * Notes what an attempt came to: delivered, to be tried again after the next pause, or given up. If it was asked for again meanwhile
     * it is sent again all the same.
     */
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
                            with tried as (
                                update webhook_delivery set
                                    attempts = attempts + 1,
                                    attempts_before = case when next_attempt = :until then attempts_before else attempts + 1 end,
                                    state = case when next_attempt = :until then :state else state end,
                                    next_attempt = case when next_attempt = :until then :next else next_attempt end
                                where webhook_id = :webhook and block = :block and tx_index = :index and seq = :seq
                                returning attempts)
                            insert into webhook_attempt
                                (webhook_id, block, tx_index, seq, attempt, at, status, error, milliseconds)
                            select :webhook, :block, :index, :seq, attempts, :at, :status, :error, :took from tried""")
                    .param("block", place.block())
                    .param("index", place.index())
                    .param("seq", place.sequence())
                    .param("until", Timestamp.from(due.until()))
                    .param("next", Timestamp.from(Instant.now().plus(pause)))
                    .param("state", state)
                    .param("at", Timestamp.from(at))
                    .param("status", status)
                    .param("error", error == null ? null : shown(error))
                    .param("took", (int) took.toMillis())
                    .param("webhook", due.webhook())
                    .update();
            if (Integer.valueOf(GONE).equals(status)) {
                database.sql("update webhook set active = false where id = ?")
                        .param(due.webhook())
                        .update();
            }
        });
    }

    /** As far as it is of use; what the receiver sent may hold what no text of the database takes. */
    private static String shown(String error) {
        String text = error.replace('\0', ' ');
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "...";
    }
}
