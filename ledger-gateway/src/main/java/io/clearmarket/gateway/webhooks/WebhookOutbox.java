package io.clearmarket.gateway.webhooks;

import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts a block's events into the outbox of every webhook that may see and wants them, in the block's own transaction. An
 * event that is there already stays as it is, so rebuilding the read model sends nothing twice.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class WebhookOutbox implements BlockProjection {
    private final JdbcClient database;

    WebhookOutbox(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void apply(LedgerBlock block) {
        database.sql("""
                        insert into webhook_delivery (webhook_id, block, tx_index, seq, state, attempts, next_attempt)
                        select w.id, e.block, e.tx_index, e.seq, 'PENDING', 0, ?
                        from market_event e
                        join webhook w on w.active and w.from_block <= e.block
                             and (w.sees_all or w.party = any(e.audience))
                             and (cardinality(w.types) = 0 or e.type = any(w.types))
                        where e.block = ?
                        on conflict do nothing""").params(Timestamp.from(Instant.now()), block.number()).update();
    }

    @Override
    public void reset() {
        // what was sent stays sent
    }
}
