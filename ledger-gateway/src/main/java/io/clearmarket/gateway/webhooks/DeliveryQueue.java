package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.MarketEvent;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox as its sender sees it. */
@Component
class DeliveryQueue {
    private static final int GONE = 410;

    private final JdbcClient database;
    private final ReadModel readModel;
    private final TransactionTemplate transaction;

    DeliveryQueue(JdbcClient database, ReadModel readModel, TransactionTemplate transaction) {
        this.database = database;
        this.readModel = readModel;
        this.transaction = transaction;
    }

    /** A delivery to be tried now. */
    record Due(UUID webhook, MarketEvent event, URI url, String secret, int attempts) {}

    /** Takes what is due, oldest first, and lends it for a while: if nothing is recorded until then it is due again. */
    List<Due> claim(int limit, Duration lease) {
        List<Claimed> claimed = database.sql("""
                        update webhook_delivery d set next_attempt = :until
                        from webhook w
                        where w.id = d.webhook_id and (d.webhook_id, d.block, d.tx_index, d.seq) in (
                            select webhook_id, block, tx_index, seq from webhook_delivery
                            where state = 'PENDING' and next_attempt <= :now
                            order by next_attempt, block, tx_index, seq limit :limit for update skip locked)
                        returning d.webhook_id, d.block, d.tx_index, d.seq, w.url, w.secret, d.attempts""")
                .param("until", Timestamp.from(Instant.now().plus(lease)))
                .param("now", Timestamp.from(Instant.now()))
                .param("limit", limit)
                .query((row, i) -> new Claimed(
                        row.getObject(1, UUID.class),
                        new EventPosition(row.getLong(2), row.getInt(3), row.getInt(4)),
                        URI.create(row.getString(5)),
                        row.getString(6),
                        row.getInt(7)))
                .list();
        List<Due> due = new ArrayList<>();
        for (Claimed one : claimed) {
            EventPosition place = one.position();
            EventPosition before = new EventPosition(place.block(), place.index(), place.sequence() - 1);
            readModel.eventsAfter(before, Viewer.GATEWAY, 1).stream()
                    .filter(event -> event.position().equals(place))
                    .forEach(event -> due.add(new Due(one.webhook(), event, one.url(), one.secret(), one.attempts())));
        }
        return due;
    }

    private record Claimed(UUID webhook, EventPosition position, URI url, String secret, int attempts) {}

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
                && (due.attempts() >= retries.size() || Integer.valueOf(GONE).equals(status));
        Duration pause = delivered || givenUp ? Duration.ZERO : retries.get(due.attempts());
        String state = delivered ? "DELIVERED" : givenUp ? "FAILED" : "PENDING";
        EventPosition place = due.event().position();
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
