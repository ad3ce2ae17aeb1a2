package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.gateway.testing.MemoryDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionOperations;

/** {@link PayoutStore} in memory; what {@link JdbcPayoutStore} does, it does. */
class MemoryPayoutStore implements PayoutStore {
    private enum State {
        OPEN,
        DONE,
        FAILED
    }

    private record Row(Sent sent, long batch) {}

    private final Map<Long, State> batches;
    private final Map<String, Row> payouts;
    private final TransactionOperations transaction;

    MemoryPayoutStore(MemoryDatabase database) {
        this.batches = database.table();
        this.payouts = database.table();
        this.transaction = database.transaction();
    }

    @Override
    public Map<ConsignmentId, Sent> sent(List<ConsignmentId> consignments) {
        Map<ConsignmentId, Sent> sent = new HashMap<>();
        payouts.values().stream()
                .map(Row::sent)
                .filter(each -> consignments.contains(each.consignment()))
                .forEach(each -> sent.put(each.consignment(), each));
        return sent;
    }

    @Override
    public long store(SignedBatch signed) {
        return transaction.execute(status -> {
            long id = batches.size() + 1L;
            batches.put(id, State.OPEN);
            signed.batch()
                    .items()
                    .forEach(item -> payouts.put(
                            item.entitlement().escrowId().hex(),
                            new Row(
                                    new Sent(
                                            item.consignmentId(),
                                            Integer.parseInt(
                                                    item.entitlement()
                                                            .decision()
                                                            .hex(),
                                                    16),
                                            Instant.ofEpochSecond(
                                                    item.entitlement().validUntil())),
                                    id)));
            return id;
        });
    }

    @Override
    public List<Long> open() {
        return batches.entrySet().stream()
                .filter(batch -> batch.getValue() == State.OPEN)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void done(long batch) {
        transaction.executeWithoutResult(status -> batches.put(batch, State.DONE));
    }

    @Override
    public void failed(long batch) {
        transaction.executeWithoutResult(status -> {
            payouts.values().removeIf(row -> row.batch == batch);
            batches.put(batch, State.FAILED);
        });
    }
}
