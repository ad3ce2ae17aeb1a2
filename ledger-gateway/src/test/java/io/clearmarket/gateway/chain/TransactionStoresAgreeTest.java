package io.clearmarket.gateway.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.chain.TransactionStore.Stored;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/** The simulation's store says what PostgreSQL says, whatever is done to both, rolled back or not. */
class TransactionStoresAgreeTest {
    private static final int STEPS = 400;
    private static final int MOST = 5;

    private final TestDatabase postgres = TestDatabase.create();
    private final MemoryDatabase memory = new MemoryDatabase(() -> {});
    private final TransactionStore real =
            new JdbcTransactionStore(postgres.client(), postgres.transaction(), EthAddress.ZERO);
    private final TransactionStore simulated = new MemoryTransactionStore(memory, Clock.systemUTC());
    private final Random random = new Random(1);
    private int made;

    @Test
    void both_say_the_same_after_the_same() {
        for (int i = 0; i < STEPS; i++) {
            boolean rolledBack = random.nextInt(5) == 0;
            Change change = change();
            run(postgres.transaction(), real, change, rolledBack);
            run(memory.transaction(), simulated, change, rolledBack);
            same(TransactionStore::open);
            same(TransactionStore::nextNonce);
            same(store -> store.unsent(MOST));
            same(store -> store.sentBefore(Duration.ofHours(-1), MOST));
            same(store -> store.sentBefore(Duration.ofHours(1), MOST));
            same(store -> store.pricedBefore(Duration.ofHours(-1), MOST));
            same(store -> store.openBelow(store.nextNonce() - 2, MOST));
            int some = random.nextInt(made);
            same(store -> store.find("purpose " + some));
            same(store -> store.isKnown(some));
        }
    }

    private interface Change {
        void on(TransactionStore store);
    }

    private static void run(
            TransactionOperations transaction, TransactionStore store, Change change, boolean rolledBack) {
        transaction.executeWithoutResult(status -> {
            change.on(store);
            if (rolledBack) {
                status.setRollbackOnly();
            }
        });
    }

    /** The same change for both; what it is about is read from the one that is asked. */
    private Change change() {
        int number = made++;
        int which = random.nextInt(MOST);
        Outcome outcome =
                List.of(Outcome.SUCCEEDED, Outcome.REVERTED, Outcome.REPLACED).get(random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0, 1 -> store -> store.insert(stored("purpose " + number, store.nextNonce(), number));
            case 2 ->
                store ->
                        store.insertIfFree(stored("purpose " + number, Math.max(0, store.nextNonce() - which), number));
            case 3 ->
                store -> store.sent(
                        store.unsent(which + 1).stream().map(Stored::hash).toList());
            case 4 ->
                store -> picked(store, which)
                        .ifPresent(old -> store.replace(old, stored(old.purpose(), old.nonce(), number)));
            default -> store -> picked(store, which).ifPresent(old -> store.finish(old.purpose(), old.hash(), outcome));
        };
    }

    private static Optional<Stored> picked(TransactionStore store, int which) {
        List<Stored> open = store.pricedBefore(Duration.ofHours(-1), MOST);
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(which % open.size()));
    }

    private static Stored stored(String purpose, long nonce, int number) {
        return new Stored(purpose, nonce, Digest.sha256(("hash " + number).getBytes(UTF_8)), "0x" + number);
    }

    private <T> void same(Function<TransactionStore, T> question) {
        assertThat(question.apply(simulated)).isEqualTo(question.apply(real));
    }
}
