package io.clearmarket.gateway.readmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.wallet.json.Json;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes blocks, transactions, records and their versions, and what they mean, into tables; in batches. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ReadModelProjection implements BlockProjection {
    private static final String BLOCK =
            "insert into block (number, hash, previous_hash, transactions) values (?, ?, ?, ?)";
    private static final String TRANSACTION = """
            insert into ledger_transaction (block, tx_index, id, valid, code, creator, creator_msp, at, endorsers)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""";
    private static final String EVENT = """
            insert into domain_event (block, tx_index, tx_id, type, command, command_id, by_party, msp_id, at,
                                      order_id, consignment_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String VERSION = """
            insert into record_version (kind, id, block, tx_index, write_index, value)
            values (?, ?, ?, ?, ?, ?::jsonb)""";
    private static final String CURRENT = """
            insert into record (kind, id, value, block, tx_index, created_block, created_index)
            values (?, ?, ?::jsonb, ?, ?, ?, ?)
            on conflict (kind, id) do update
            set value = excluded.value, block = excluded.block, tx_index = excluded.tx_index""";
    private static final String GONE = "delete from record where kind = ? and id = ?";

    /** Entries that only the chaincode's own queries read; the tables have indexes for the same. */
    private static final Set<RecordKind> ON_THE_LEDGER_ONLY =
            EnumSet.of(RecordKind.DUE, RecordKind.ARBITERDISPUTE, RecordKind.REFERRAL, RecordKind.STATE);

    private final JdbcTemplate database;
    private final MarketEventWriter marketEvents;

    ReadModelProjection(JdbcTemplate database, MarketEventWriter marketEvents) {
        this.database = database;
        this.marketEvents = marketEvents;
    }

    @Override
    public void apply(LedgerBlock block) {
        database.update(
                BLOCK,
                block.number(),
                block.hash().hex(),
                block.previousHash().hex(),
                block.transactions().size());
        marketEvents.write(block);
        List<Object[]> transactions = new ArrayList<>();
        List<Object[]> events = new ArrayList<>();
        List<Object[]> versions = new ArrayList<>();
        List<RecordChange> changes = new ArrayList<>();
        for (LedgerTransaction transaction : block.transactions()) {
            transactions.add(row(block, transaction));
            if (transaction.valid()) {
                addEvent(events, block, transaction);
                addWrites(versions, changes, block, transaction);
            }
        }
        batch(TRANSACTION, transactions);
        batch(EVENT, events);
        batch(VERSION, versions);
        writeCurrent(changes);
    }

    @Override
    public void reset() {
        database.execute("truncate block, ledger_transaction, record_version, record, domain_event, market_event");
    }

    private static Object[] row(LedgerBlock block, LedgerTransaction transaction) {
        return new Object[] {
            block.number(),
            transaction.index(),
            transaction.id(),
            transaction.valid(),
            transaction.code(),
            transaction.creator() == null ? null : transaction.creator().value(),
            transaction.creatorMsp(),
            Timestamp.from(transaction.timestamp()),
            Json.MAPPER.writeValueAsString(transaction.endorsers())
        };
    }

    private static void addEvent(List<Object[]> rows, LedgerBlock block, LedgerTransaction transaction) {
        var event = transaction.event();
        if (event != null) {
            rows.add(new Object[] {
                block.number(),
                transaction.index(),
                transaction.id(),
                event.type(),
                event.command(),
                event.commandId().value(),
                event.by().value(),
                event.mspId(),
                Timestamp.from(event.at()),
                event.orderId() == null ? null : event.orderId().value(),
                event.consignmentId() == null ? null : event.consignmentId().value()
            });
        }
    }

    private static void addWrites(
            List<Object[]> versions, List<RecordChange> changes, LedgerBlock block, LedgerTransaction transaction) {
        int number = 0;
        for (Write write : transaction.writes()) {
            if (ON_THE_LEDGER_ONLY.contains(write.kind())) {
                continue;
            }
            String[] id = write.id().toArray(String[]::new);
            byte[] bytes = write.value();
            String value = bytes == null ? null : new String(bytes, UTF_8);
            versions.add(new Object[] {write.kind().name(), id, block.number(), transaction.index(), number++, value});
            changes.add(
                    value == null
                            ? new RecordChange(GONE, new Object[] {write.kind().name(), id})
                            : new RecordChange(CURRENT, new Object[] {
                                write.kind().name(),
                                id,
                                value,
                                block.number(),
                                transaction.index(),
                                block.number(),
                                transaction.index()
                            }));
        }
    }

    /** Runs of the same statement go as one batch; a deletion between two writes of a record keeps its place. */
    private void writeCurrent(List<RecordChange> changes) {
        List<Object[]> run = new ArrayList<>();
        String statement = CURRENT;
        for (RecordChange change : changes) {
            if (!change.statement().equals(statement)) {
                batch(statement, run);
                run.clear();
                statement = change.statement();
            }
            run.add(change.row());
        }
        batch(statement, run);
    }

    private void batch(String statement, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            database.batchUpdate(statement, rows);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a row for JDBC, never compared
    private record RecordChange(String statement, Object[] row) {}
}
