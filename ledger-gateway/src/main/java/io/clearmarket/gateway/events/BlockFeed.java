package io.clearmarket.gateway.events;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.LedgerBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Feeds committed blocks of this gateway's own organisation to every {@link BlockProjection}. The position is stored with
 * the projection, so a crash at any moment neither loses nor repeats a block.
 */
@Component
public class BlockFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BlockFeed.class);

    private final BlockStream blocks;
    private final String mspId;
    private final List<BlockProjection> projections;
    private final List<CommittedBlockListener> listeners;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private BlockStream.@Nullable Subscription subscription;

    public BlockFeed(
            BlockStream blocks,
            GatewayProperties properties,
            List<BlockProjection> projections,
            List<CommittedBlockListener> listeners,
            JdbcClient database,
            TransactionTemplate transaction) {
        this.blocks = blocks;
        this.mspId = properties.mspId();
        this.projections = List.copyOf(projections);
        this.listeners = List.copyOf(listeners);
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public synchronized void start() {
        if (subscription == null) {
            if (isStale()) {
                rebuild();
            }
            subscription = blocks.follow(mspId, nextBlock(), this::accept);
        }
    }

    @Override
    public synchronized void stop() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return subscription != null;
    }

    /** Drops all that was derived and derives it again from block 0. */
    public synchronized void rebuild() {
        boolean running = isRunning();
        stop();
        transaction.executeWithoutResult(status -> {
            lockedPosition();
            projections.forEach(BlockProjection::reset);
            move(0, Digest.ZERO);
        });
        if (running) {
            start();
        }
    }

    /** True if a migration asks for all that was derived to be derived again. */
    private boolean isStale() {
        return database.sql("select stale from ledger_position")
                .query(Boolean.class)
                .single();
    }

    /** The block that comes next; all before it are in the tables. */
    public long nextBlock() {
        return database.sql("select next_block from ledger_position")
                .query(Long.class)
                .single();
    }

    /** Applies a block and tells the listeners, unless it has been applied before. */
    void accept(LedgerBlock block) {
        Boolean applied = transaction.execute(status -> apply(block));
        if (Boolean.TRUE.equals(applied)) {
            listeners.forEach(listener -> tell(listener, block));
        }
    }

    private boolean apply(LedgerBlock block) {
        Position position = lockedPosition();
        if (block.number() < position.next()) {
            return false;
        }
        if (block.number() > position.next()) {
            throw new IllegalStateException(
                    "block " + block.number() + " came where " + position.next() + " was expected");
        }
        if (block.number() > 0 && !block.previousHash().equals(position.lastHash())) {
            throw new IllegalStateException("block " + block.number() + " follows " + block.previousHash()
                    + ", but this database was fed from another ledger, whose block before has hash "
                    + position.lastHash() + "; give the gateway an empty database");
        }
        projections.forEach(projection -> projection.apply(block));
        move(block.number() + 1, block.hash());
        return true;
    }

    /** Locks the position's row, so that of two gateways on one database only one applies a block. */
    private Position lockedPosition() {
        return database.sql("select next_block, last_hash from ledger_position for update")
                .query((row, i) -> new Position(row.getLong(1), new Digest(row.getString(2))))
                .single();
    }

    private void move(long next, Digest lastHash) {
        database.sql("update ledger_position set next_block = ?, last_hash = ?, stale = false")
                .params(next, lastHash.hex())
                .update();
    }

    private static void tell(CommittedBlockListener listener, LedgerBlock block) {
        try {
            listener.committed(block);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on block {}", block.number(), e);
        }
    }

    private record Position(long next, Digest lastHash) {}
}
