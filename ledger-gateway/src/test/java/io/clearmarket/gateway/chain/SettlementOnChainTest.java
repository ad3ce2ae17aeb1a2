package io.clearmarket.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.EscrowTypes.Entitlement;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.config.EmbeddedDatabase;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deposits and payouts on a real chain, sent through the durable sender with a real database. */
class SettlementOnChainTest {
    private static ChainFixture fixture;
    private static EmbeddedDatabase database;
    private static JdbcClient jdbc;
    private static TransactionTemplate transactions;
    private static EscrowChain chain;

    @BeforeAll
    static void start() throws Exception {
        fixture = ChainFixture.start();
        database = EmbeddedDatabase.open(
                Files.createTempDirectory("clearmarket-db").resolve("postgres"));
        DriverManagerDataSource source = new DriverManagerDataSource(database.jdbcUrl(), "postgres", "");
        Flyway.configure().dataSource(source).load().migrate();
        jdbc = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        chain = open(() -> {});
    }

    @AfterAll
    static void stop() {
        chain.close();
        fixture.close();
        database.close();
    }

    @Test
    void a_deposit_and_a_payout_are_seen_as_facts_with_cumulative_amounts() {
        Terms terms = deposited("order-paid", 10_000);
        Digest transaction = settle("settle:paid", terms, 1, 4_000, 1_000, fixture.audit, fixture.platform);
        await(() -> isFinal("settle:paid"));

        Digest escrowId = EscrowTypes.escrowId(terms);
        EscrowStatus status = chain.statuses(List.of(escrowId)).getFirst();
        assertThat(status.gross()).isEqualTo(Amount.of(4_000));
        assertThat(status.payer()).isEqualTo(Amount.of(1_000));
        List<Evidence.Seen> facts = facts(escrowId);
        assertThat(facts).extracting(Evidence.Seen::kind).containsExactly(Evidence.Kind.DEPOSIT, Evidence.Kind.PAID);
        Evidence.Seen paid = facts.getLast();
        assertThat(paid.transaction()).isEqualTo(transaction);
        assertThat(paid.deposited()).isEqualTo(Amount.of(10_000));
        assertThat(paid.gross()).isEqualTo(Amount.of(4_000));
        assertThat(paid.payer()).isEqualTo(Amount.of(1_000));
    }

    @Test
    void platform_and_merchants_together_are_no_quorum_and_with_audit_they_are() {
        Terms terms = deposited("order-quorum", 500);
        assertThatThrownBy(() -> settle("settle:q1", terms, 1, 500, 0, fixture.platform, fixture.merchants))
                .isInstanceOf(ChainException.Reverted.class)
                .hasMessageContaining("RequiredAttesterMissing");
        assertThat(chain.find("settle:q1")).isEmpty();

        settle("settle:q2", terms, 1, 500, 0, fixture.audit, fixture.merchants);
        await(() -> isFinal("settle:q2"));
        assertThat(chain.statuses(List.of(EscrowTypes.escrowId(terms)))
                        .getFirst()
                        .gross())
                .isEqualTo(Amount.of(500));
    }

    @Test
    void what_was_signed_before_a_crash_is_sent_after_it_and_takes_effect_once() {
        Terms terms = terms("order-crash", 700);
        chain.mint("mint:crash", fixture.buyer.address(), Amount.of(700));
        chain.tick();
        await(() -> isFinal("mint:crash"));
        EscrowChain crashing = open(() -> {
            throw new IllegalStateException("killed after the node had it");
        });
        Digest hash = crashing.deposit("deposit:crash", terms, new DepositSignature.Authorization(authorized(terms)));
        assertThatThrownBy(crashing::tick).hasMessageContaining("killed");
        crashing.close();

        try (EscrowChain restarted = open(() -> {})) {
            assertThat(restarted.deposit("deposit:crash", terms, new DepositSignature.Authorization(authorized(terms))))
                    .isEqualTo(hash);
            await(() -> isFinal("deposit:crash"));
            assertThat(restarted.find("deposit:crash").orElseThrow().outcome())
                    .isEqualTo(ChainTransaction.Outcome.SUCCEEDED);
            assertThat(facts(EscrowTypes.escrowId(terms))).hasSize(1);
        }
    }

    @Test
    void a_nonce_of_a_rolled_back_transaction_is_used_by_the_next_one() {
        transactions.execute(status -> {
            chain.mint("mint:rolled-back", fixture.buyer.address(), Amount.of(1));
            status.setRollbackOnly();
            return null;
        });
        assertThat(chain.find("mint:rolled-back")).isEmpty();
        for (int i = 0; i < 5; i++) {
            chain.mint("mint:pipelined:" + i, fixture.buyer.address(), Amount.of(1));
        }
        await(() -> isFinal("mint:pipelined:4"));
        assertThat(chain.find("mint:pipelined:4").orElseThrow().outcome())
                .isEqualTo(ChainTransaction.Outcome.SUCCEEDED);
    }

    @Test
    void a_lane_without_gas_holds_up_no_other_and_catches_up_once_it_has_some() throws Exception {
        Secp256k1Key poor = ChainFixture.key("poor");
        try (EscrowChain lanes = open(() -> {}, Duration.ofSeconds(1), ChainFixture.FUNDED, poor)) {
            for (int i = 0; i < 6; i++) {
                lanes.mint("mint:lanes:" + i, fixture.buyer.address(), Amount.of(1));
            }
            assertThat(lanes.mint("mint:lanes:0", fixture.buyer.address(), Amount.of(1)))
                    .as("a purpose is signed once in all lanes")
                    .isEqualTo(lanes.find("mint:lanes:0").orElseThrow().hash());
            await(() -> succeeded(lanes, ChainFixture.FUNDED) == 3);
            assertThat(lanes.open()).isEqualTo(3);
            lanes.mint("mint:lanes:6", fixture.buyer.address(), Amount.of(1));
            await(() -> succeeded(lanes, ChainFixture.FUNDED) == 4);
            assertThat(succeeded(lanes, poor)).isZero();

            fixture.anvil("anvil_setBalance", "\"" + poor.address() + "\", \"0xde0b6b3a7640000\"");
            await(() -> succeeded(lanes, poor) == 3);
            assertThat(lanes.open()).isZero();
        }
    }

    private static long succeeded(EscrowChain lanes, Secp256k1Key sender) {
        lanes.tick();
        return jdbc.sql("""
                        select count(*) from chain_transaction
                        where purpose like 'mint:lanes:%' and sender = ? and outcome = 'SUCCEEDED'""").param(sender.address().lower()).query(Long.class).single();
    }

    private static EscrowChain open(SendProbe probe) {
        return open(probe, Duration.ofSeconds(15), ChainFixture.FUNDED);
    }

    private static EscrowChain open(SendProbe probe, Duration doubt, Secp256k1Key... senders) {
        Rpc rpc = new Rpc(fixture.anvil.address());
        EscrowReader reader = new NodeView(rpc, fixture.deployment);
        SenderSettings settings =
                new SenderSettings(BigInteger.valueOf(500_000_000_000L), doubt, Duration.ofMinutes(1));
        List<DurableSender> lanes = Stream.of(senders)
                .map(key -> new DurableSender(
                        rpc,
                        reader,
                        new TransactionSigner(key, fixture.deployment.chainId()),
                        settings,
                        new JdbcTransactionStore(jdbc, transactions, key.address()),
                        transactions,
                        probe,
                        Clock.systemUTC()))
                .toList();
        return new SendingChain(rpc, reader, fixture.deployment, new SenderLanes(lanes));
    }

    private static Terms terms(String order, long total) {
        return fixture.terms(
                order,
                total,
                Instant.ofEpochSecond(Instant.now().plusSeconds(3_600).getEpochSecond()));
    }

    private static Terms deposited(String order, long total) {
        Terms terms = terms(order, total);
        chain.mint("mint:" + order, fixture.buyer.address(), Amount.of(total));
        chain.tick();
        await(() -> isFinal("mint:" + order));
        chain.deposit("deposit:" + order, terms, new DepositSignature.Authorization(authorized(terms)));
        await(() -> isFinal("deposit:" + order));
        return terms;
    }

    private static byte[] authorized(Terms terms) {
        return fixture.buyer.signDigest(chain.authorization(terms).digest());
    }

    private static Digest settle(
            String purpose, Terms terms, int decision, long gross, long payer, Secp256k1Key... signers) {
        Eip712.Domain domain = EscrowTypes.escrowDomain(fixture.deployment.chainId(), fixture.deployment.escrow());
        List<Entitlement> entitlements = List.of(new Entitlement(
                EscrowTypes.escrowId(terms),
                EscrowTypes.ledgerId(ChainFixture.LEDGER),
                EscrowTypes.decisionId(decision),
                Amount.of(gross),
                Amount.of(payer),
                Instant.now().plusSeconds(600).getEpochSecond()));
        byte[] digest = EscrowTypes.batchDigest(domain, entitlements);
        List<byte[]> signatures = Stream.of(signers)
                .sorted(Comparator.comparing(Secp256k1Key::address))
                .map(key -> key.signDigest(digest))
                .toList();
        return chain.settle(purpose, fixture.market(), List.of(terms), entitlements, signatures);
    }

    private static List<Evidence.Seen> facts(Digest escrowId) {
        List<ChainLog> logs =
                chain.logs(chain.firstBlock(), chain.finalizedBlock().number());
        return chain.facts(logs).stream()
                .filter(fact -> fact.escrowId().equals(escrowId))
                .toList();
    }

    private static boolean isFinal(String purpose) {
        chain.tick();
        return chain.find(purpose).orElseThrow().outcome() != ChainTransaction.Outcome.OPEN;
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
