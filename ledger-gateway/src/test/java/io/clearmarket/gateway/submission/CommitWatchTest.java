package io.clearmarket.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.submission.SubmissionStore.Status;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.GatewayTestSystem.Person;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.gateway.testing.TestMarket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** The watch over the real ledger, and a database that takes its time. */
class CommitWatchTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final Person buyer = system.person("buyer");
    private final CountDownLatch noting = new CountDownLatch(1);
    private final AtomicBoolean losesAnAnswer = new AtomicBoolean();
    private final AtomicReference<SubmissionStore.@Nullable Entry> onLedger = new AtomicReference<>();
    private final AtomicReference<Runnable> beforeKeeping = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> afterKeeping = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> afterRefusing = new AtomicReference<>(() -> {});
    private final SubmissionStore store = new MemorySubmissionStore(new MemoryDatabase(() -> {})) {
        @Override
        public void settle(long block, List<Commit> commits) {
            if (!commits.isEmpty()) {
                awaitNoting();
            }
            super.settle(block, commits);
        }

        @Override
        public Optional<Entry> onLedger(String transactionId) {
            return Optional.ofNullable(onLedger.get());
        }

        @Override
        public boolean keep(SignedCommand signed) {
            beforeKeeping.getAndSet(() -> {}).run();
            boolean kept = super.keep(signed);
            if (!kept) {
                afterRefusing.getAndSet(() -> {}).run();
            }
            if (losesAnAnswer.getAndSet(false)) {
                throw new DataAccessResourceFailureException("connection lost");
            }
            return kept;
        }
    };
    private final LedgerClient ledger = system.context().getBean(LedgerClient.class);
    private final GatewayProperties properties = system.context().getBean(GatewayProperties.class);
    private final SubmissionProbe probe = new SubmissionProbe() {
        @Override
        public void keptNotSent() {
            afterKeeping.getAndSet(() -> {}).run();
        }

        @Override
        public void sentNotSettled() {
            // nothing is stopped there
        }

        @Override
        public void committedNotSettled() {
            // nothing is stopped there
        }
    };
    private final CommitWatch watch = new CommitWatch(
            store, ledger, system.context().getBean(BlockStream.class), probe, properties, Clock.systemUTC());
    private final Submissions submissions = new LedgerSubmissions(
            ledger, store, watch, new SubmissionMetrics(new SimpleMeterRegistry(), watch), probe, properties);

    @AfterEach
    void stop() {
        noting.countDown();
        watch.stop();
    }

    @Test
    void who_waits_for_a_commit_does_not_wait_until_the_database_has_noted_it() throws InterruptedException {
        watch.resume();
        Command order = order();

        Outcome told = submissions.submit(buyer.signer(), order);

        assertThat(told).isInstanceOf(Outcome.Committed.class);
        String transaction = ((Outcome.Committed) told).transactionId();
        assertThat(store.find(transaction).orElseThrow().status()).isEqualTo(Status.SENT);
        // nobody is told less afterwards, and the command takes effect once
        assertThat(submissions.find(transaction).orElseThrow().outcome()).isEqualTo(told);
        assertThat(submissions.submit(buyer.signer(), order)).isEqualTo(told);

        noting.countDown();

        awaitNoted(transaction);
        assertThat(submissions.find(transaction).orElseThrow().outcome()).isEqualTo(told);
        assertThat(submissions.submit(buyer.signer(), order)).isEqualTo(told);
    }

    @Test
    void a_command_whose_storing_got_no_answer_is_sent_when_it_is_repeated() {
        noting.countDown();
        watch.start();
        Command order = order();
        losesAnAnswer.set(true);

        assertThatThrownBy(() -> submissions.submit(buyer.signer(), order)).hasMessage("connection lost");
        assertThat(watch.inFlight()).isZero();
        assertThat(store.sent()).hasSize(1);

        assertThat(submissions.submit(buyer.signer(), order)).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void what_another_gateway_has_noted_is_not_sent_again() {
        noting.countDown();
        losesAnAnswer.set(true);
        assertThatThrownBy(() -> submissions.submit(buyer.signer(), order())).hasMessage("connection lost");
        Pending adopted = watch.adopt(store.sent().getFirst());
        store.settle(7, List.of(new Commit(adopted.transactionId(), 0, true, "VALID")));

        watch.resendDue();

        assertThat(adopted.outcome()).isCompletedWithValue(new Outcome.Committed(adopted.transactionId(), 7, 0));
        assertThat(watch.inFlight()).isZero();
    }

    @Test
    void a_commit_that_nobody_saw_is_learnt_from_the_blocks_alone() throws Exception {
        noting.countDown();
        SignedCommand signed = SignedCommands.of(ledger, buyer.signer(), order());
        store.keep(signed);
        SubmissionStore.Entry entry = onLedger(signed);

        watch.resume();

        awaitNoted(signed.transactionId());
        assertThat(store.find(signed.transactionId()).orElseThrow().outcome())
                .isEqualTo(new Outcome.Committed(
                        signed.transactionId(), entry.block(), entry.commit().index()));
    }

    @Test
    void what_is_in_an_earlier_block_is_looked_up_until_the_read_model_has_it_and_not_sent_again() throws Exception {
        noting.countDown();
        SignedCommand signed = SignedCommands.of(ledger, buyer.signer(), order());
        String transaction = signed.transactionId();
        SubmissionStore.Entry first = onLedger(signed);
        watch.resume();
        await(() -> watch.height() > first.block());

        submissions.submitSigned(buyer.party(), signed.payload(), signed.signature(), Duration.ZERO);
        Pending pending = Objects.requireNonNull(watch.find(transaction));
        await(pending::isInEarlierBlock);
        watch.resendDue();
        watch.resendDue();

        assertThat(pending.outcome()).isNotDone();
        assertThat(pending.sendings()).isZero();
        onLedger.set(first);
        watch.resendDue();
        assertThat(pending.outcome())
                .isCompletedWithValue(new Outcome.Committed(
                        transaction, first.block(), first.commit().index()));
        assertThat(store.find(transaction).orElseThrow().status()).isEqualTo(Status.COMMITTED);
        assertThat(watch.inFlight()).isZero();
    }

    @Test
    void what_was_committed_by_another_way_while_it_was_being_stored_is_noted() throws Exception {
        noting.countDown();
        SignedCommand signed = SignedCommands.of(ledger, buyer.signer(), order());
        String transaction = signed.transactionId();
        watch.resume();
        beforeKeeping.set(() -> unchecked(() -> {
            SubmissionStore.Entry first = onLedger(signed);
            onLedger.set(first);
            await(() -> watch.height() > first.block());
            return first;
        }));

        Outcome told =
                submissions.submitSigned(buyer.party(), signed.payload(), signed.signature(), Duration.ofSeconds(30));
        await(() -> Objects.requireNonNull(watch.find(transaction)).isInEarlierBlock());
        watch.resendDue();

        assertThat(told).isInstanceOf(Outcome.Committed.class);
        assertThat(store.find(transaction).orElseThrow().outcome()).isEqualTo(told);
        assertThat(watch.inFlight()).isZero();
    }

    @Test
    void who_submits_the_same_transaction_at_the_same_time_takes_nobodys_answer_away() throws Exception {
        noting.countDown();
        SignedCommand signed = SignedCommands.of(ledger, buyer.signer(), order());
        watch.resume();
        CountDownLatch kept = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicReference<@Nullable Future<Outcome>> second = new AtomicReference<>();
            beforeKeeping.set(() -> {
                afterKeeping.set(() -> unchecked(() -> {
                    kept.countDown();
                    return refused.await(30, TimeUnit.SECONDS);
                }));
                second.set(threads.submit(() -> submit(signed, Duration.ofSeconds(30))));
                unchecked(() -> kept.await(30, TimeUnit.SECONDS));
            });

            submit(signed, Duration.ZERO);
            refused.countDown();

            assertThat(Objects.requireNonNull(second.get()).get()).isInstanceOf(Outcome.Committed.class);
        }
    }

    @Test
    void a_transaction_is_sent_where_the_one_before_it_turns_out_void_as_it_comes() throws Exception {
        noting.countDown();
        Command order = order();
        SignedCommand before = SignedCommands.of(ledger, buyer.signer(), order);
        SignedCommand signed = SignedCommands.of(ledger, buyer.signer(), order);
        watch.resume();
        store.keep(before);
        afterRefusing.set(
                () -> store.settle(0, List.of(new Commit(before.transactionId(), 0, false, "MVCC_READ_CONFLICT"))));

        assertThat(submit(signed, Duration.ofSeconds(30))).isInstanceOf(Outcome.Committed.class);
    }

    private Outcome submit(SignedCommand signed, Duration wait) {
        return submissions.submitSigned(buyer.party(), signed.payload(), signed.signature(), wait);
    }

    private static <T> T unchecked(Callable<T> action) {
        try {
            return action.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends it past the watch, and tells where it came to be. */
    private SubmissionStore.Entry onLedger(SignedCommand signed) throws InterruptedException {
        ledger.submit(signed.payload(), signed.signature());
        SubmissionStore readModel = system.context().getBean(SubmissionStore.class);
        await(() -> readModel.onLedger(signed.transactionId()).isPresent());
        return readModel.onLedger(signed.transactionId()).orElseThrow();
    }

    private Command order() {
        TestMarket market = TestMarket.get();
        Terms terms = market.terms(
                TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
        return new Command.PlaceOrder(
                new CommandId(UUID.randomUUID().toString()),
                terms.orderId(),
                List.of(market.signed(terms, buyer.signer())));
    }

    private void awaitNoted(String transaction) throws InterruptedException {
        await(() -> store.find(transaction).orElseThrow().status() != Status.SENT);
        assertThat(store.find(transaction).orElseThrow().status()).isEqualTo(Status.COMMITTED);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("patience").isBefore(end);
            Thread.sleep(10);
        }
    }

    private void awaitNoting() {
        try {
            noting.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
