package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainSimulation;
import io.clearmarket.gateway.chain.DepositSignature;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.VirtualSignatures;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.LocalAttester;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A gateway that was down for days: 30,000 blocks of two seconds, with a deposit now and then. */
class BackfillTest {
    private static final int DEPOSITS = 60;
    private static final int APART = 500;

    private final Chaos calm = new Chaos(1, 0);
    private final VirtualClock clock = new VirtualClock();
    private final MemoryDatabase disk = new MemoryDatabase(() -> {});
    private final ChainSimulation simulation =
            new ChainSimulation(VirtualMarket.DEPLOYMENT, disk, clock, calm, Set.of());
    private final EscrowChain chain = simulation.open(() -> {});
    private final FactStore facts = new MemoryFactStore(disk, clock);

    @Test
    void what_happened_in_days_without_it_is_read_once_and_attested() {
        calm.end();
        for (int i = 0; i < DEPOSITS; i++) {
            deposit(VirtualMarket.terms("order-" + i + "-backfill", 100 + i, clock.instant()));
            mine(APART);
        }
        ChainFollower follower = new ChainFollower(chain, facts, step -> {});
        follower.follow();
        assertThat(facts.open()).isEqualTo(DEPOSITS);
        follower.follow();
        assertThat(facts.open()).isEqualTo(DEPOSITS);

        List<Evidence.Seen> due =
                facts.due(DEPOSITS).stream().map(FactStore.Waiting::seen).toList();
        assertThat(due.getLast().blockNumber() - due.getFirst().blockNumber()).isGreaterThan(25_000);
        assertThat(new AttesterQuorum(List.of(
                                attester("AuditMSP", VirtualMarket.AUDIT),
                                attester("PlatformMSP", VirtualMarket.PLATFORM)))
                        .evidence(VirtualMarket.CONFIG, due))
                .containsOnlyKeys(new ArrayList<>(due));
    }

    private void deposit(Terms terms) {
        chain.mint("mint:" + terms.orderId(), terms.escrow().payer(), terms.total());
        chain.tick();
        mine(1);
        chain.deposit("deposit:" + terms.orderId(), terms, new DepositSignature.Authorization(new byte[0]));
        chain.tick();
    }

    private void mine(int blocks) {
        for (int i = 0; i < blocks; i++) {
            clock.advanceTo(clock.after(Duration.ofSeconds(2)));
            simulation.chain().mine(clock.instant());
        }
    }

    private LocalAttester attester(String mspId, EthAddress address) {
        return new LocalAttester(
                mspId,
                VirtualMarket.LEDGER,
                VirtualSignatures.signer(address),
                simulation.attestersNode(),
                ids -> Map.of(),
                outflows -> Map.of(),
                clock);
    }
}
