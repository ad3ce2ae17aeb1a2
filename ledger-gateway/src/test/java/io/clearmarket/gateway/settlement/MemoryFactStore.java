package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.testing.MemoryDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** {@link FactStore} in memory; what {@link JdbcFactStore} does, it does, where every escrow is known. */
class MemoryFactStore implements FactStore {
    private static final String ONE = "one";
    private static final int STUCK = 5;
    private static final Comparator<Evidence.Seen> CHAIN_ORDER =
            Comparator.comparingLong(Evidence.Seen::blockNumber).thenComparingLong(Evidence.Seen::logIndex);

    private record Row(
            Evidence.Seen seen, @Nullable Evidence evidence, boolean recorded, int attempts, Instant nextAt) {}

    private final Map<String, Row> rows;
    private final Map<String, ReadUpTo> position;
    private final TransactionOperations transaction;
    private final Clock clock;

    MemoryFactStore(MemoryDatabase database, Clock clock) {
        this.rows = database.table();
        this.position = database.table();
        this.transaction = database.transaction();
        this.clock = clock;
    }

    @Override
    public Optional<ReadUpTo> position() {
        return Optional.ofNullable(position.get(ONE));
    }

    @Override
    public void store(List<Evidence.Seen> facts, BlockRef readUpTo) {
        transaction.executeWithoutResult(status -> {
            insert(facts);
            move(readUpTo);
        });
    }

    final void insert(List<Evidence.Seen> facts) {
        facts.forEach(seen -> rows.putIfAbsent(key(seen), new Row(seen, null, false, 0, clock.instant())));
    }

    final void move(BlockRef readUpTo) {
        position.put(ONE, new ReadUpTo(readUpTo.number(), readUpTo.hash()));
    }

    @Override
    public List<Waiting> due(int limit) {
        return rows.values().stream()
                .filter(row -> !row.recorded && !row.nextAt.isAfter(clock.instant()) && isFirst(row))
                .sorted(Comparator.comparing(Row::seen, CHAIN_ORDER))
                .limit(limit)
                .map(row -> new Waiting(row.seen, row.evidence, row.attempts))
                .toList();
    }

    private boolean isFirst(Row row) {
        return rows.values().stream()
                .noneMatch(earlier -> !earlier.recorded
                        && earlier.seen.escrowId().equals(row.seen.escrowId())
                        && CHAIN_ORDER.compare(earlier.seen, row.seen) < 0);
    }

    @Override
    public void keep(Evidence evidence) {
        Row row = rows.get(key(evidence.seen()));
        if (row != null && row.evidence == null) {
            write(new Row(row.seen, evidence, row.recorded, row.attempts, row.nextAt));
        }
    }

    @Override
    public void recorded(Evidence.Seen seen) {
        Row row = rows.get(key(seen));
        if (row != null) {
            write(new Row(row.seen, row.evidence, true, row.attempts, row.nextAt));
        }
    }

    @Override
    public void postpone(Evidence.Seen seen, String problem, Duration wait, boolean keepEvidence) {
        Row row = rows.get(key(seen));
        if (row != null && !row.recorded) {
            write(new Row(
                    row.seen,
                    keepEvidence ? row.evidence : null,
                    false,
                    row.attempts + 1,
                    clock.instant().plus(wait)));
        }
    }

    @Override
    public long open() {
        return rows.values().stream().filter(row -> !row.recorded).count();
    }

    @Override
    public long stuck() {
        return rows.values().stream()
                .filter(row -> !row.recorded && row.attempts > STUCK)
                .count();
    }

    private void write(Row row) {
        transaction.executeWithoutResult(status -> rows.put(key(row.seen), row));
    }

    private static String key(Evidence.Seen seen) {
        return seen.blockHash() + " " + seen.transaction() + " " + seen.logIndex();
    }
}
