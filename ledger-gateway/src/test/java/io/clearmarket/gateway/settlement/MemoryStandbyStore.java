package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.gateway.testing.MemoryDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** {@link StandbyStore} in memory; what {@link JdbcStandbyStore} does, it does. */
final class MemoryStandbyStore implements StandbyStore {
    /** @param ended null as long as it is open */
    private record Row(Waiting waiting, @Nullable End ended) {}

    private final Map<Long, Row> rows;
    private final TransactionOperations transaction;

    MemoryStandbyStore(MemoryDatabase database) {
        this.rows = database.table();
        this.transaction = database.transaction();
    }

    @Override
    public long store(SignedBatch signed, Digest attesters, Instant usableAt, Instant validUntil) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long id = rows.size() + 1L;
            rows.put(id, new Row(new Waiting(id, signed, attesters, usableAt, validUntil), null));
            return id;
        }));
    }

    @Override
    public List<Waiting> open() {
        return rows.values().stream()
                .filter(row -> row.ended == null)
                .map(Row::waiting)
                .toList();
    }

    @Override
    public Map<ConsignmentId, Integer> announced(Instant now) {
        Map<ConsignmentId, Integer> announced = new HashMap<>();
        rows.values().stream()
                .filter(row ->
                        row.ended != End.FAILED && row.waiting.validUntil().isAfter(now))
                .flatMap(row -> row.waiting.signed().batch().items().stream())
                .forEach(item -> announced.merge(item.consignmentId(), item.decision(), Integer::max));
        return announced;
    }

    @Override
    public void ended(long id, End how) {
        transaction.executeWithoutResult(status ->
                rows.put(id, new Row(Objects.requireNonNull(rows.get(id)).waiting(), how)));
    }
}
