package io.clearmarket.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.BlockListener;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.CommitListener;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.gateway.testing.TestProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockFeedTest {
    private final TestDatabase database = TestDatabase.create();
    private final LedgerFixture ledger = new LedgerFixture();
    private final List<Long> told = new ArrayList<>();
    private final Counter counter = new Counter();

    @Test
    void each_block_takes_effect_once_however_often_it_comes() {
        BlockFeed feed = feed();
        LedgerBlock first = ledger.seal();
        LedgerBlock second = ledger.seal();
        feed.accept(first);
        feed.accept(first);
        feed.accept(second);
        assertThat(counter.value()).isEqualTo(2);
        assertThat(told).containsExactly(0L, 1L);
        assertThat(feed().nextBlock()).isEqualTo(2);
    }

    @Test
    void a_projection_that_fails_leaves_neither_effect_nor_position() {
        LedgerBlock first = ledger.seal();
        counter.failing = true;
        assertThatThrownBy(() -> feed().accept(first)).hasMessage("disk full");
        assertThat(counter.value()).isZero();
        assertThat(feed().nextBlock()).isZero();
        counter.failing = false;
        feed().accept(first);
        assertThat(counter.value()).isEqualTo(1);
    }

    @Test
    void a_gap_and_another_ledgers_block_are_refused() {
        BlockFeed feed = feed();
        feed.accept(ledger.seal());
        ledger.seal();
        LedgerBlock third = ledger.seal();
        assertThatThrownBy(() -> feed.accept(third)).hasMessageContaining("block 2 came where 1 was expected");
        LedgerBlock foreign = new LedgerBlock(
                1, LedgerFixture.digest("x"), LedgerFixture.digest("other ledger"), third.receivedAt(), List.of());
        assertThatThrownBy(() -> feed.accept(foreign)).hasMessageContaining("another ledger");
        assertThat(counter.value()).isEqualTo(1);
    }

    @Test
    void rebuilding_starts_again_from_block_0() {
        BlockFeed feed = feed();
        feed.accept(ledger.seal());
        feed.rebuild();
        assertThat(counter.value()).isZero();
        ledger.blocks().forEach(feed::accept);
        assertThat(counter.value()).isEqualTo(1);
    }

    @Test
    void what_a_migration_made_stale_is_derived_again_at_the_next_start() {
        BlockFeed feed = feed();
        feed.accept(ledger.seal());
        database.template().update("update ledger_position set stale = true");
        feed.start();
        assertThat(counter.value()).isZero();
        assertThat(feed.nextBlock()).isZero();
        feed.stop();
        ledger.blocks().forEach(feed::accept);
        feed.start();
        assertThat(counter.value()).isEqualTo(1);
    }

    private BlockFeed feed() {
        GatewayProperties properties = TestProperties.of("test", true, Duration.ofSeconds(1));
        return new BlockFeed(
                new Silent(),
                properties,
                List.of(counter),
                List.of(block -> told.add(block.number())),
                database.client(),
                database.transaction());
    }

    private final class Counter implements BlockProjection {
        private boolean failing;

        Counter() {
            database.template().execute("create table counted (n bigint)");
        }

        @Override
        public void apply(LedgerBlock block) {
            database.template().update("insert into counted values (?)", block.number());
            if (failing) {
                throw new IllegalStateException("disk full");
            }
        }

        @Override
        public void reset() {
            database.template().execute("truncate counted");
        }

        long value() {
            return database.client()
                    .sql("select count(*) from counted")
                    .query(Long.class)
                    .single();
        }
    }

    /** Blocks come from the test itself. */
    private static final class Silent implements BlockStream {
        @Override
        public Subscription follow(String mspId, long fromBlock, BlockListener listener) {
            return () -> {};
        }

        @Override
        public Subscription followCommits(String mspId, long fromBlock, CommitListener listener) {
            return () -> {};
        }
    }
}
