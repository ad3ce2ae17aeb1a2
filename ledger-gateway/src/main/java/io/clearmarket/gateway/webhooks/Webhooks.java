package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.ReadModel;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Callers' webhooks and the log of their deliveries. A caller sees only its own. */
@Component
@EnableConfigurationProperties(WebhookProperties.class)
public class Webhooks {
    private static final Duration OLD_SECRET = Duration.ofHours(24);
    private static final String COLUMNS = "select id, url, types, active, created_at from webhook";

    private final JdbcClient database;
    private final ReadModel readModel;
    private final Receivers receivers;
    private final WebhookProperties properties;

    Webhooks(JdbcClient database, ReadModel readModel, Receivers receivers, WebhookProperties properties) {
        this.database = database;
        this.readModel = readModel;
        this.receivers = receivers;
        this.properties = properties;
    }

    /** A new webhook with its secret, which is shown this once. */
    public record Created(Webhook webhook, String secret) {}

    /**
     * Makes a webhook that is told of events from the next block on.
     *
     * @throws InvalidWebhook if the address or the number of webhooks is not allowed
     */
    public Created create(Caller caller, URI url, List<String> types) {
        receivers.require(url);
        if (list(caller).size() >= properties.maxPerOwner()) {
            throw new InvalidWebhook("there are " + properties.maxPerOwner() + " webhooks already; delete one first");
        }
        String secret = Message.newSecret();
        UUID id = UUID.randomUUID();
        database.sql("""
                        insert into webhook (id, owner, party, sees_all, url, types, secret, active, created_at, from_block)
                        values (:id, :owner, :party, :seesAll, :url, :types, :secret, true, :now, :from)""")
                .param("id", id)
                .param("owner", caller.account())
                .param("party", caller.party() == null ? null : caller.party().value())
                .param("seesAll", caller.seesAll())
                .param("url", url.toString())
                .param("types", types.toArray(String[]::new))
                .param("secret", secret)
                .param("now", Timestamp.from(Instant.now()))
                .param("from", readModel.asOf().block() + 1)
                .update();
        return new Created(find(caller, id).orElseThrow(), secret);
    }

    /** The caller's webhooks, oldest first. */
    public List<Webhook> list(Caller caller) {
        return database.sql(COLUMNS + " where owner = ? order by created_at, id")
                .param(caller.account())
                .query(Webhooks::webhook)
                .list();
    }

    /** The caller's webhook of that id. */
    public Optional<Webhook> find(Caller caller, UUID id) {
        return database.sql(COLUMNS + " where owner = ? and id = ?")
                .params(caller.account(), id)
                .query(Webhooks::webhook)
                .optional();
    }

    /**
     * Changes where it sends what, or pauses it.
     *
     * @throws InvalidWebhook if the address is not allowed
     */
    public Optional<Webhook> change(Caller caller, UUID id, URI url, List<String> types, boolean active) {
        receivers.require(url);
        database.sql("update webhook set url = ?, types = ?, active = ? where owner = ? and id = ?")
                .params(url.toString(), types.toArray(String[]::new), active, caller.account(), id)
                .update();
        return find(caller, id);
    }

    /**
     * Gives it a new secret, which is shown this once. For a day messages are signed with the former ones as well, so that the
     * receiver can change over without losing any.
     */
    public Optional<String> rotateSecret(Caller caller, UUID id) {
        String secret = Message.newSecret();
        Instant now = Instant.now();
        database.sql("delete from webhook_former_secret where until < ?")
                .param(Timestamp.from(now))
                .update();
        int changed = database.sql("""
                        with former as (select id, secret from webhook where owner = :owner and id = :id for update),
                        kept as (
                            insert into webhook_former_secret (webhook_id, secret, until)
                            select id, secret, :until from former)
                        update webhook w set secret = :secret from former where w.id = former.id""")
                .param("owner", caller.account())
                .param("id", id)
                .param("until", Timestamp.from(now.plus(OLD_SECRET)))
                .param("secret", secret)
                .update();
        return changed == 1 ? Optional.of(secret) : Optional.empty();
    }

    /**
     * Sends a message again, soon, the very bytes as before, whatever became of it; the pauses between attempts begin anew.
     *
     * @return false if there is no such message
     */
    public boolean resend(Caller caller, UUID id, EventPosition event) {
        return database.sql("""
                        update webhook_delivery d
                        set state = 'PENDING', attempts_before = attempts, next_attempt = ?
                        from webhook w
                        where w.id = d.webhook_id and w.owner = ? and w.id = ?
                          and d.block = ? and d.tx_index = ? and d.seq = ? and d.body is not null""")
                        .params(
                                Timestamp.from(Instant.now()),
                                caller.account(),
                                id,
                                event.block(),
                                event.index(),
                                event.sequence())
                        .update()
                == 1;
    }

    /** Deletes it with its log; false if there is none. */
    public boolean delete(Caller caller, UUID id) {
        return database.sql("delete from webhook where owner = ? and id = ?")
                        .params(caller.account(), id)
                        .update()
                == 1;
    }

    /** The newest deliveries of a caller's webhook, newest first, each with its attempts. */
    public List<Delivery> deliveries(Caller caller, UUID id, int limit) {
        return database.sql("""
                        select d.block || '.' || d.tx_index || '.' || d.seq, e.type, d.state, d.next_attempt,
                               d.block, d.tx_index, d.seq, d.number
                        from webhook_delivery d
                        join webhook w on w.id = d.webhook_id
                        left join market_event e using (block, tx_index, seq)
                        where w.owner = ? and w.id = ?
                        order by d.block desc, d.tx_index desc, d.seq desc limit ?""")
                .params(caller.account(), id, limit)
                .query((row, i) -> delivery(id, row))
                .list();
    }

    private Delivery delivery(UUID webhook, ResultSet row) throws SQLException {
        Delivery.State state = Delivery.State.valueOf(row.getString(3));
        String type = row.getString(2);
        List<Delivery.Attempt> attempts = database.sql("""
                        select attempt, at, status, error, milliseconds from webhook_attempt
                        where webhook_id = ? and block = ? and tx_index = ? and seq = ? order by attempt""")
                .params(webhook, row.getLong(5), row.getInt(6), row.getInt(7))
                .query((attempt, i) -> new Delivery.Attempt(
                        attempt.getInt(1),
                        attempt.getTimestamp(2).toInstant(),
                        attempt.getObject(3, Integer.class),
                        attempt.getString(4),
                        attempt.getInt(5)))
                .list();
        return new Delivery(
                row.getString(1),
                row.getObject(8, Long.class),
                type == null ? "" : type,
                state,
                state == Delivery.State.PENDING ? row.getTimestamp(4).toInstant() : null,
                attempts);
    }

    private static Webhook webhook(ResultSet row, int number) throws SQLException {
        return new Webhook(
                row.getObject(1, UUID.class),
                URI.create(row.getString(2)),
                Arrays.asList((String[]) row.getArray(3).getArray()),
                row.getBoolean(4),
                row.getTimestamp(5).toInstant());
    }
}
