package io.clearmarket.gateway.readmodel;

import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.testing.TestDatabase;

/** The read model on a test's own database, for tests of other modules. */
public final class ReadModelFixture {
    private final TestDatabase database;
    private final ReadModelProjection projection;
    private final JdbcReadModel model;
    private final JdbcMoneyAudit audit;

    public ReadModelFixture(TestDatabase database) {
        this.database = database;
        this.projection = new ReadModelProjection(
                database.template(), new MarketEventWriter(database.template(), database.client()));
        this.model = new JdbcReadModel(database.client(), database.transactions());
        this.audit = new JdbcMoneyAudit(database.client());
    }

    public ReadModel model() {
        return model;
    }

    public MoneyAudit audit() {
        return audit;
    }

    public MoneyHistory history() {
        return new JdbcMoneyHistory(database.client());
    }

    public BlockProjection projection() {
        return projection;
    }

    /** Applies a block to the read model and then to others, and moves the position. */
    public void apply(LedgerBlock block, BlockProjection... others) {
        database.transaction().executeWithoutResult(status -> {
            projection.apply(block);
            for (BlockProjection other : others) {
                other.apply(block);
            }
            database.client()
                    .sql("update ledger_position set next_block = ?, last_hash = ?")
                    .params(block.number() + 1, block.hash().hex())
                    .update();
        });
    }
}
