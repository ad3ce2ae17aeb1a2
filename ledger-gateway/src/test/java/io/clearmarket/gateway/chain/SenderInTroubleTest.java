package io.clearmarket.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.contracts.AnvilOptions;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.testing.TestDatabase;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Transactions that are priced out, dropped, missing or undone by a reorg, on a chain whose blocks the test makes and that
 * are final 64 blocks later. {@code -Dclearmarket.reorg.depths=all} tries each depth from 1 to 32.
 */
class SenderInTroubleTest {
    private static final long GWEI = 1_000_000_000L;
    private static final int FINAL_AFTER = 70;

    private static TestDatabase database;
    private static JdbcClient jdbc;

    private ChainFixture fixture;
    private EscrowChain chain;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.create();
        jdbc = database.client();
    }

    /** A chain of its own for each test: on a long one anvil loses the contract when it undoes blocks. */
    @BeforeEach
    void start() throws Exception {
        fixture = ChainFixture.start(
                AnvilOptions.development().withBlockTime(Duration.ZERO).withSlotsInEpoch(32));
        fixture.anvil("evm_setAutomine", "false");
        Rpc rpc = new Rpc(fixture.anvil.address());
        EscrowReader reader = new NodeView(rpc, fixture.deployment);
        chain = new SendingChain(
                rpc,
                reader,
                fixture.deployment,
                new SenderLanes(List.of(new DurableSender(
                        rpc,
                        reader,
                        new TransactionSigner(ChainFixture.FUNDED, fixture.deployment.chainId()),
                        new SenderSettings(BigInteger.valueOf(300 * GWEI), Duration.ZERO, Duration.ZERO),
                        new JdbcTransactionStore(jdbc, database.transaction(), ChainFixture.FUNDED.address()),
                        database.transaction(),
                        () -> {},
                        Clock.systemUTC()))));
    }

    @AfterEach
    void stop() {
        chain.close();
        fixture.close();
        jdbc.sql("delete from chain_attempt").update();
        jdbc.sql("delete from chain_transaction").update();
    }

    static Stream<Integer> depths() {
        return "all".equals(System.getProperty("clearmarket.reorg.depths"))
                ? IntStream.rangeClosed(1, 32).boxed()
                : Stream.of(1, 7, 32);
    }

    @ParameterizedTest
    @MethodSource("depths")
    void what_a_reorg_undoes_happens_again_and_once(int depth) throws Exception {
        BigInteger before = minted();
        Digest hash = mint("mint:reorg:" + depth);
        mine(depth);
        assertThat(minted()).isEqualTo(before.add(BigInteger.ONE));

        fixture.anvil("anvil_reorg", depth + ", []");
        assertThat(minted()).as("undone").isEqualTo(before);
        assertThat(chain.find("mint:reorg:" + depth).orElseThrow().outcome()).isEqualTo(Outcome.OPEN);

        becomesFinal("mint:reorg:" + depth);
        assertThat(chain.find("mint:reorg:" + depth).orElseThrow().hash()).isEqualTo(hash);
        assertThat(minted()).isEqualTo(before.add(BigInteger.ONE));
    }

    @Test
    void what_offers_too_little_is_replaced_under_its_own_nonce_and_happens_once() throws Exception {
        baseFee(GWEI);
        BigInteger before = minted();
        Digest cheap = mint("mint:cheap");
        fixture.anvil("anvil_dropAllTransactions", "");
        baseFee(50 * GWEI);

        becomesFinal("mint:cheap");
        ChainTransaction replaced = chain.find("mint:cheap").orElseThrow();
        assertThat(replaced.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(replaced.hash()).isNotEqualTo(cheap);
        assertThat(attempts("mint:cheap")).containsExactly(cheap.hex());
        assertThat(minted()).isEqualTo(before.add(BigInteger.ONE));
    }

    @Test
    void what_would_need_more_than_the_cap_waits_until_the_market_calms_down() throws Exception {
        baseFee(GWEI);
        Digest hash = mint("mint:capped");
        fixture.anvil("anvil_dropAllTransactions", "");
        baseFee(400 * GWEI);
        chain.tick();
        assertThat(chain.find("mint:capped").orElseThrow().hash()).isEqualTo(hash);
        baseFee(GWEI);

        becomesFinal("mint:capped");
        assertThat(chain.find("mint:capped").orElseThrow())
                .isEqualTo(new ChainTransaction("mint:capped", hash, Outcome.SUCCEEDED));
    }

    @Test
    void what_every_node_forgot_is_sent_again() throws Exception {
        Digest hash = mint("mint:dropped");
        fixture.anvil("anvil_dropAllTransactions", "");
        mine(1);
        becomesFinal("mint:dropped");
        assertThat(chain.find("mint:dropped").orElseThrow().hash()).isEqualTo(hash);
    }

    @Test
    void a_nonce_that_was_lost_with_the_database_holds_up_nothing() throws Exception {
        mint("mint:before");
        becomesFinal("mint:before");
        chain.mint("mint:lost", fixture.deployment.escrow(), Amount.of(1));
        jdbc.sql("delete from chain_transaction where purpose = 'mint:lost'").update();
        jdbc.sql("""
                        insert into chain_transaction (purpose, sender, nonce, hash, raw, outcome)
                        select 'placeholder', sender, max(nonce) + 1, 'x', 'x', 'REVERTED' from chain_transaction
                        group by sender""").update();
        BigInteger before = minted();
        mint("mint:after-gap");
        jdbc.sql("delete from chain_transaction where purpose = 'placeholder'").update();
        becomesFinal("mint:after-gap");
        assertThat(minted()).isEqualTo(before.add(BigInteger.ONE));
        assertThat(jdbc.sql("select outcome from chain_transaction where purpose like 'gap:%'")
                        .query(String.class)
                        .list())
                .containsExactly("SUCCEEDED");
    }

    /** Signed and handed to the node. */
    private Digest mint(String purpose) {
        Digest hash = chain.mint(purpose, fixture.deployment.escrow(), Amount.of(1));
        chain.tick();
        return hash;
    }

    private BigInteger minted() throws Exception {
        long head = Long.decode(fixture.anvil("eth_blockNumber", "").stringValue());
        return chain.balance(fixture.deployment.token(), head).units();
    }

    /** Of the next block; long enough that the sender has asked for it anew. */
    private void baseFee(long wei) throws Exception {
        fixture.anvil("anvil_setNextBlockBaseFeePerGas", "\"0x" + Long.toHexString(wei) + "\"");
        mine(1);
        Thread.sleep(5_100);
    }

    private void mine(int blocks) throws Exception {
        fixture.anvil("anvil_mine", "\"0x" + Integer.toHexString(blocks) + "\"");
    }

    private static List<String> attempts(String purpose) {
        return jdbc.sql("select hash from chain_attempt where purpose = ?")
                .param(purpose)
                .query((row, i) -> row.getString("hash"))
                .list();
    }

    /** Ticks and blocks, until nothing can undo it. */
    private void becomesFinal(String purpose) throws Exception {
        for (int i = 0; i < 20 && isOpen(purpose); i++) {
            chain.tick();
            mine(FINAL_AFTER);
        }
        chain.tick();
        assertThat(isOpen(purpose)).as("%s is still open", purpose).isFalse();
    }

    private boolean isOpen(String purpose) {
        return chain.find(purpose).orElseThrow().outcome() == Outcome.OPEN;
    }
}
