package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.chain.DepositSignature;
import io.clearmarket.gateway.chain.EscrowChain;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepositsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DepositSignature SIGNATURE = new DepositSignature.Permit2(new byte[0]);

    private final Map<String, ChainTransaction> signed = new HashMap<>();
    private final Deposits deposits = new Deposits(chain(), step -> {});

    @Test
    void a_deposit_is_taken_once_and_one_that_failed_may_be_tried_again() {
        Terms terms = VirtualMarket.terms("order-0001", 1_000, NOW);
        Deposits.Deposit first = deposits.accept(terms, SIGNATURE);
        assertThat(deposits.accept(terms, SIGNATURE)).isEqualTo(first);

        isNow(Outcome.REVERTED);

        assertThat(deposits.accept(terms, SIGNATURE).transaction()).isNotEqualTo(first.transaction());
        assertThat(signed).hasSize(2);
    }

    @Test
    void one_that_fails_again_and_again_spends_the_gateways_gas_five_times_at_most() {
        Terms terms = VirtualMarket.terms("order-0001", 1_000, NOW);
        for (int i = 0; i < Deposits.MOST_ATTEMPTS; i++) {
            deposits.accept(terms, SIGNATURE);
            isNow(Outcome.REVERTED);
        }

        assertThatThrownBy(() -> deposits.accept(terms, SIGNATURE))
                .isInstanceOf(Deposits.Spent.class)
                .hasMessageContaining("5 deposits for order-0001.1 came to nothing");
        assertThat(signed).hasSize(Deposits.MOST_ATTEMPTS);
    }

    @Test
    void after_the_terms_were_amended_the_deposit_into_the_old_escrow_is_none_into_the_new_one() {
        Terms old = VirtualMarket.terms("order-0001", 1_000, NOW);
        deposits.accept(old, SIGNATURE);
        isNow(Outcome.SUCCEEDED);
        Terms amended = VirtualMarket.terms("order-0001", 2_000, NOW);

        assertThat(deposits.find(amended)).isEmpty();
        Deposits.Deposit taken = deposits.accept(amended, SIGNATURE);

        assertThat(taken.outcome()).isEqualTo(Outcome.OPEN);
        assertThat(taken.escrowId()).isEqualTo(EscrowTypes.escrowId(amended));
        assertThat(signed).hasSize(2);
        assertThat(deposits.find(old).orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    private void isNow(Outcome outcome) {
        signed.replaceAll((purpose, transaction) -> new ChainTransaction(purpose, transaction.hash(), outcome));
    }

    /** Signs all. */
    private EscrowChain chain() {
        return (EscrowChain) Proxy.newProxyInstance(
                EscrowChain.class.getClassLoader(),
                new Class<?>[] {EscrowChain.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> Optional.ofNullable(signed.get((String) arguments[0]));
                    case "deposit" ->
                        signed.computeIfAbsent((String) arguments[0], DepositsTest::open)
                                .hash();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static ChainTransaction open(String purpose) {
        return new ChainTransaction(purpose, Digest.sha256(purpose.getBytes(UTF_8)), Outcome.OPEN);
    }
}
