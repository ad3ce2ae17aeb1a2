package io.clearmarket.gateway.webhooks;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.MarketEvent;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts a block's events into the outbox of every webhook that may see and wants them, in the block's own transaction, each
 * with its number and its link to the one before. Each block once: rebuilding the read model sends nothing twice, and nothing
 * that a webhook did not want when it happened.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class WebhookOutbox implements BlockProjection {
    private static final int PAGE = 200;

    private final JdbcClient database;
    private final ReadModel readModel;

    WebhookOutbox(JdbcClient database, ReadModel readModel) {
        this.database = database;
        this.readModel = readModel;
    }

    private record Wanted(UUID webhook, EventPosition position) {}

    @Override
    public void apply(LedgerBlock block) {
        List<Wanted> wanted = database.sql("""
                        select w.id, e.tx_index, e.seq
                        from market_event e
                        join webhook w on w.active and w.from_block <= e.block
                             and (w.sees_all or w.party = any(e.audience))
                             and (cardinality(w.types) = 0 or e.type = any(w.types))
                        where e.block = :block and e.block >= (select next_block from webhook_position)
                        order by w.id, e.tx_index, e.seq""")
                .param("block", block.number())
                .query((row, i) -> new Wanted(
                        row.getObject(1, UUID.class), new EventPosition(block.number(), row.getInt(2), row.getInt(3))))
                .list();
        if (wanted.isEmpty()) {
            return;
        }
        Map<EventPosition, MarketEvent> events = events(block.number());
        Map<UUID, List<MarketEvent>> byWebhook = new LinkedHashMap<>();
        for (Wanted one : wanted) {
            MarketEvent event = events.get(one.position());
            if (event == null) {
                throw new IllegalStateException("event " + one.position() + " is in no read model");
            }
            byWebhook.computeIfAbsent(one.webhook(), none -> new ArrayList<>()).add(event);
        }
        byWebhook.forEach(this::append);
    }

    private Map<EventPosition, MarketEvent> events(long block) {
        Map<EventPosition, MarketEvent> events = new LinkedHashMap<>();
        EventPosition after = EventPosition.endOf(block - 1);
        while (true) {
            List<MarketEvent> page = readModel.eventsAfter(after, Viewer.GATEWAY, PAGE);
            for (MarketEvent event : page) {
                if (event.position().block() > block) {
                    return events;
                }
                events.put(event.position(), event);
            }
            if (page.size() < PAGE) {
                return events;
            }
            after = page.getLast().position();
        }
    }

    private record End(long number, Digest hash) {}

    private void append(UUID webhook, List<MarketEvent> events) {
        End end = database.sql("select last_number, last_hash from webhook where id = ? for update")
                .param(webhook)
                .query((row, i) -> new End(row.getLong(1), new Digest(row.getString(2))))
                .single();
        for (MarketEvent event : events) {
            Message message = Message.of(
                    event.position().toString(),
                    event.type(),
                    event.at(),
                    Json.MAPPER.valueToTree(event),
                    end.number() + 1,
                    end.hash());
            end = new End(end.number() + 1, message.hash());
            EventPosition place = event.position();
            database.sql("""
                            insert into webhook_delivery
                                (webhook_id, block, tx_index, seq, state, attempts, next_attempt, number, body)
                            values (?, ?, ?, ?, 'PENDING', 0, ?, ?, ?)""")
                    .params(
                            webhook,
                            place.block(),
                            place.index(),
                            place.sequence(),
                            Timestamp.from(Instant.now()),
                            end.number(),
                            message.body())
                    .update();
        }
        database.sql("update webhook set last_number = ?, last_hash = ? where id = ?")
                .params(end.number(), end.hash().hex(), webhook)
                .update();
    }

    @Override
    public void reset() {
        // what was sent stays sent, and what nobody wanted then nobody is sent now
        database.sql("""
                        update webhook_position
                        set next_block = greatest(next_block, (select next_block from ledger_position))""").update();
    }
}
