package io.clearmarket.gateway.submission;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** {@link SubmissionStore} in memory; what {@link JdbcSubmissionStore} does, it does. */
class MemorySubmissionStore implements SubmissionStore {
    private static final String POSITION = "position";

    private final Map<String, Row> rows;
    private final Map<String, Long> position;
    private final TransactionOperations transaction;

    MemorySubmissionStore(MemoryDatabase database) {
        this.rows = database.table();
        this.position = database.table();
        this.transaction = database.transaction();
    }

    @Override
    public Optional<Row> find(PartyId party, CommandId commandId) {
        return Optional.ofNullable(rows.get(key(party, commandId)));
    }

    @Override
    public Optional<Row> find(String transactionId) {
        return rows.values().stream()
                .filter(row -> row.transactionId().equals(transactionId))
                .findFirst();
    }

    @Override
    public List<Row> sent() {
        return rows.values().stream().filter(row -> row.status() == Status.SENT).toList();
    }

    @Override
    public boolean keep(SignedCommand signed) {
        Row known = rows.get(key(signed.party(), signed.command().commandId()));
        if (known != null && known.status() != Status.INVALID) {
            return false;
        }
        write(new Row(
                signed.party(),
                signed.command().commandId(),
                signed.command().function(),
                signed.command().content(),
                signed.transactionId(),
                signed.payload(),
                signed.signature(),
                Status.SENT,
                null,
                null,
                null));
        return true;
    }

    @Override
    public void forget(String transactionId) {
        transaction.executeWithoutResult(status -> rows.values()
                .removeIf(row -> row.transactionId().equals(transactionId) && row.status() == Status.SENT));
    }

    @Override
    public long nextBlock() {
        return position.getOrDefault(POSITION, 0L);
    }

    @Override
    public void settle(long block, List<Commit> commits) {
        transaction.executeWithoutResult(status -> {
            commits.forEach(commit -> settle(block, commit));
            position.put(POSITION, block + 1);
        });
    }

    private void settle(long block, Commit commit) {
        find(commit.transactionId())
                .filter(row -> row.status() == Status.SENT)
                .ifPresent(row -> write(new Row(
                        row.party(),
                        row.commandId(),
                        row.function(),
                        row.content(),
                        row.transactionId(),
                        null,
                        null,
                        commit.valid() ? Status.COMMITTED : Status.INVALID,
                        commit.code(),
                        block,
                        commit.index())));
    }

    @Override
    public Optional<Entry> onLedger(String transactionId) {
        return Optional.empty();
    }

    @Override
    public void note(Entry entry) {
        transaction.executeWithoutResult(status -> settle(entry.block(), entry.commit()));
    }

    final void mark(String transactionId, Status status) {
        find(transactionId)
                .ifPresent(row -> write(new Row(
                        row.party(),
                        row.commandId(),
                        row.function(),
                        row.content(),
                        row.transactionId(),
                        row.payload(),
                        row.signature(),
                        status,
                        row.code(),
                        row.block(),
                        row.index())));
    }

    private void write(Row row) {
        transaction.executeWithoutResult(status -> rows.put(key(row.party(), row.commandId()), row));
    }

    private static String key(PartyId party, CommandId commandId) {
        return party.value() + " " + commandId.value();
    }
}
