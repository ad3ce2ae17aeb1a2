package io.clearmarket.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.GatewayTestSystem.Person;
import io.clearmarket.gateway.testing.TestMarket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DurableSubmissionsTest {
    private final GatewayTestSystem system = GatewayTestSystem.get();
    private final TestMarket market = TestMarket.get();
    private final Person buyer = system.person("buyer");

    @Test
    void what_was_stored_but_not_sent_when_the_gateway_died_is_sent_when_it_is_back() throws Exception {
        SignedCommand signed = SignedCommands.of(bean(LedgerClient.class), buyer.signer(), order());
        bean(SubmissionStore.class).keep(signed);

        system.restartGateway();

        Outcome outcome = awaitKnown(signed.transactionId());
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        awaitNoted(signed.transactionId());
        assertThat(payloadIsKept(signed.transactionId())).isFalse();
    }

    @Test
    void a_commit_that_nobody_saw_is_learnt_from_the_blocks_after_a_restart() throws Exception {
        Outcome.Committed committed = committedButNotNoted();
        bean(JdbcClient.class)
                .sql("UPDATE submission_position SET next_block = ?")
                .param(committed.block())
                .update();

        system.restartGateway();

        assertThat(awaitKnown(committed.transactionId())).isEqualTo(committed);
    }

    @Test
    void a_commit_that_nobody_saw_is_looked_up_if_another_gateway_on_the_database_has_read_past_its_block()
            throws Exception {
        Outcome.Committed committed = committedButNotNoted();

        system.restartGateway();

        assertThat(awaitKnown(committed.transactionId())).isEqualTo(committed);
    }

    @Test
    void a_transaction_that_reached_the_ledger_by_another_way_is_found_there() throws Exception {
        LedgerClient ledger = bean(LedgerClient.class);
        SignedCommand signed = SignedCommands.of(ledger, buyer.signer(), order());
        ledger.submit(signed.payload(), signed.signature());
        SubmissionStore.Entry first = awaitOnLedger(signed.transactionId());

        Outcome outcome = bean(Submissions.class)
                .submitSigned(buyer.party(), signed.payload(), signed.signature(), Duration.ofSeconds(60));

        assertThat(outcome)
                .isEqualTo(new Outcome.Committed(
                        signed.transactionId(), first.block(), first.commit().index()));
        awaitNoted(signed.transactionId());
        assertThat(payloadIsKept(signed.transactionId())).isFalse();
        assertThat(bean(CommitWatch.class).find(signed.transactionId())).isNull();
    }

    @Test
    void the_same_command_sent_eight_times_at_once_takes_effect_once() throws Exception {
        Command order = order();
        Submissions submissions = bean(Submissions.class);
        List<Callable<Outcome>> calls = IntStream.range(0, 8)
                .<Callable<Outcome>>mapToObj(i -> () -> submissions.submit(buyer.signer(), order))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> outcomes = threads.invokeAll(calls);
            assertThat(outcomes.stream().map(DurableSubmissionsTest::get).collect(Collectors.toSet()))
                    .hasSize(1)
                    .allMatch(Outcome.Committed.class::isInstance);
        }
    }

    @Test
    void a_refused_command_leaves_no_trace_and_its_id_may_be_used_again() {
        CommandId id = new CommandId(UUID.randomUUID().toString());
        Terms terms = terms();
        Command unsigned = new Command.PlaceOrder(
                id,
                terms.orderId(),
                List.of(market.signed(terms, system.person("carrier").signer())));
        Command signed = new Command.PlaceOrder(id, terms.orderId(), List.of(market.signed(terms, buyer.signer())));
        Submissions submissions = bean(Submissions.class);
        assertThat(submissions.submit(buyer.signer(), unsigned)).isInstanceOf(Outcome.Refused.class);
        assertThat(submissions.submit(buyer.signer(), signed)).isInstanceOf(Outcome.Committed.class);
        assertThat(submissions.submit(buyer.signer(), unsigned)).isInstanceOf(Outcome.Refused.class);
    }

    /** As if the gateway had died between the commit and its own note of it; what it would send again is no transaction. */
    private Outcome.Committed committedButNotNoted() throws InterruptedException {
        Outcome first = bean(Submissions.class).submit(buyer.signer(), order());
        assertThat(first).isInstanceOf(Outcome.Committed.class);
        Outcome.Committed committed = (Outcome.Committed) first;
        awaitNoted(committed.transactionId());
        bean(JdbcClient.class)
                .sql("UPDATE submission SET status = 'sent', block = NULL, tx_index = NULL, payload = ?, signature = ?"
                        + " WHERE transaction_id = ?")
                .params(new byte[] {1}, new byte[] {2}, committed.transactionId())
                .update();
        return committed;
    }

    private Command order() {
        Terms terms = terms();
        return new Command.PlaceOrder(
                new CommandId(UUID.randomUUID().toString()),
                terms.orderId(),
                List.of(market.signed(terms, buyer.signer())));
    }

    private Terms terms() {
        return market.terms(TestMarket.newOrder(), buyer.party(), buyer.ethKey().address());
    }

    private Outcome awaitKnown(String transactionId) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (true) {
            Outcome outcome =
                    bean(Submissions.class).find(transactionId).orElseThrow().outcome();
            if (!(outcome instanceof Outcome.Unknown) || Instant.now().isAfter(end)) {
                return outcome;
            }
            Thread.sleep(100);
        }
    }

    private SubmissionStore.Entry awaitOnLedger(String transactionId) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            Optional<SubmissionStore.Entry> entry = bean(SubmissionStore.class).onLedger(transactionId);
            if (entry.isPresent() || Instant.now().isAfter(end)) {
                return entry.orElseThrow();
            }
            Thread.sleep(20);
        }
    }

    /** Who waits or asks may be told a moment before. */
    private void awaitNoted(String transactionId) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (bean(SubmissionStore.class).find(transactionId).orElseThrow().status() == SubmissionStore.Status.SENT
                && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
    }

    private boolean payloadIsKept(String transactionId) {
        return bean(SubmissionStore.class).find(transactionId).orElseThrow().payload() != null;
    }

    private <T> T bean(Class<T> type) {
        return system.context().getBean(type);
    }

    private static Outcome get(Future<Outcome> future) {
        return future.resultNow();
    }
}
