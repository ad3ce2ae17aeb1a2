package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.testing.MemoryDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** {@link TransactionStore} in memory; what {@link JdbcTransactionStore} does, it does. */
final class MemoryTransactionStore implements TransactionStore {
    private record Row(
            Stored stored, Outcome outcome, @Nullable Instant sentAt, Instant pricedAt, List<Digest> former) {
        boolean isOpen() {
            return outcome == Outcome.OPEN;
        }
    }

    private final Map<String, Row> rows;
    private final TransactionOperations transaction;
    private final Clock clock;

    MemoryTransactionStore(MemoryDatabase database, Clock clock) {
        this.rows = database.table();
        this.transaction = database.transaction();
        this.clock = clock;
    }

    @Override
    public void lock() {
        // there is one thread
    }

    @Override
    public Optional<ChainTransaction> find(String purpose) {
        return Optional.ofNullable(rows.get(purpose))
                .map(row -> new ChainTransaction(purpose, row.stored.hash(), row.outcome));
    }

    @Override
    public long nextNonce() {
        return rows.values().stream()
                .mapToLong(row -> row.stored.nonce() + 1)
                .max()
                .orElse(0);
    }

    @Override
    public void insert(Stored signed) {
        if (rows.containsKey(signed.purpose()) || isKnown(signed.nonce())) {
            throw new IllegalStateException("there is a row of this purpose or nonce already: " + signed);
        }
        write(new Row(signed, Outcome.OPEN, null, clock.instant(), List.of()));
    }

    @Override
    public void insertIfFree(Stored signed) {
        if (!rows.containsKey(signed.purpose()) && !isKnown(signed.nonce())) {
            insert(signed);
        }
    }

    @Override
    public List<Stored> unsent(int limit) {
        return open(row -> row.sentAt == null, limit);
    }

    @Override
    public List<Stored> sentBefore(Duration ago, int limit) {
        Instant before = clock.instant().minus(ago);
        return open(row -> row.sentAt != null && row.sentAt.isBefore(before), limit);
    }

    @Override
    public List<Stored> pricedBefore(Duration ago, int limit) {
        Instant before = clock.instant().minus(ago);
        return open(row -> row.pricedAt.isBefore(before), limit);
    }

    @Override
    public boolean isKnown(long nonce) {
        return rows.values().stream().anyMatch(row -> row.stored.nonce() == nonce && row.outcome != Outcome.REPLACED);
    }

    @Override
    public void sent(List<Digest> hashes) {
        transaction.executeWithoutResult(status -> List.copyOf(rows.values()).stream()
                .filter(row -> hashes.contains(row.stored.hash()))
                .forEach(row -> rows.put(
                        row.stored.purpose(),
                        new Row(row.stored, row.outcome, clock.instant(), row.pricedAt, row.former))));
    }

    @Override
    public void replace(Stored old, Stored better) {
        Row row = rows.get(old.purpose());
        if (row != null && row.isOpen() && row.stored.hash().equals(old.hash())) {
            List<Digest> former = new ArrayList<>(row.former);
            former.addFirst(old.hash());
            write(new Row(better, Outcome.OPEN, null, clock.instant(), former));
        }
    }

    @Override
    public Map<String, List<Digest>> openBelow(long nonce, int limit) {
        Map<String, List<Digest>> hashes = new LinkedHashMap<>();
        open(row -> row.stored.nonce() < nonce, limit)
                .forEach(stored -> hashes.put(
                        stored.purpose(),
                        Stream.concat(Stream.of(stored.hash()), former(stored.purpose()).stream())
                                .toList()));
        return hashes;
    }

    @Override
    public void finish(String purpose, Digest hash, Outcome outcome) {
        Row row = rows.get(purpose);
        if (row != null && row.isOpen()) {
            Stored happened = new Stored(purpose, row.stored.nonce(), hash, row.stored.raw());
            write(new Row(happened, outcome, row.sentAt, row.pricedAt, row.former));
        }
    }

    @Override
    public long open() {
        return rows.values().stream().filter(Row::isOpen).count();
    }

    /** Everything that was ever signed. */
    List<ChainTransaction> all() {
        return rows.values().stream()
                .map(row -> new ChainTransaction(row.stored.purpose(), row.stored.hash(), row.outcome))
                .toList();
    }

    private List<Stored> open(Predicate<Row> which, int limit) {
        return rows.values().stream()
                .filter(row -> row.isOpen() && which.test(row))
                .map(Row::stored)
                .sorted(Comparator.comparingLong(Stored::nonce))
                .limit(limit)
                .toList();
    }

    private List<Digest> former(String purpose) {
        Row row = rows.get(purpose);
        return row == null ? List.of() : row.former;
    }

    private void write(Row row) {
        transaction.executeWithoutResult(status -> rows.put(row.stored.purpose(), row));
    }
}
