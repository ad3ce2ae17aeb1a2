package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.EscrowTypes.Entitlement;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The simulation's stores say what PostgreSQL says, whatever is done to both. */
class SettlementStoresAgreeTest {
    private static final int STEPS = 300;
    private static final int ESCROWS = 6;
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final TestDatabase postgres = TestDatabase.create();
    private final MemoryDatabase memory = new MemoryDatabase(() -> {});
    private final Random random = new Random(1);

    @Test
    void facts() {
        FactStore real = new JdbcFactStore(postgres.client(), postgres.transaction());
        FactStore simulated = new MemoryFactStore(memory, Clock.systemUTC());
        List<Evidence.Seen> known = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Evidence.Seen seen =
                    random.nextInt(3) == 0 || known.isEmpty() ? seen(i) : known.get(random.nextInt(known.size()));
            known.add(seen);
            int what = random.nextInt(5);
            int at = i;
            for (FactStore store : List.of(real, simulated)) {
                switch (what) {
                    case 0, 1 -> store.store(List.of(seen), new BlockRef(at, hash("block " + at), TIME));
                    case 2 -> store.keep(new Evidence(seen, List.of("0x" + at)));
                    case 3 -> store.recorded(seen);
                    default ->
                        store.postpone(seen, "some problem", Duration.ofHours(at % 2 == 0 ? 1 : -1), at % 3 == 0);
                }
            }
            assertThat(simulated.due(20)).isEqualTo(real.due(20));
            assertThat(simulated.position()).isEqualTo(real.position());
            assertThat(simulated.open()).isEqualTo(real.open());
            assertThat(simulated.stuck()).isEqualTo(real.stuck());
        }
    }

    @Test
    void payouts() {
        PayoutStore real = new JdbcPayoutStore(postgres.client());
        PayoutStore simulated = new MemoryPayoutStore(memory);
        List<ConsignmentId> all = IntStream.range(0, ESCROWS)
                .mapToObj(SettlementStoresAgreeTest::consignment)
                .toList();
        Map<PayoutStore, List<Long>> open = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            int what = random.nextInt(4);
            int pick = random.nextInt(100);
            SignedBatch batch = batch(1 + i);
            for (PayoutStore store : List.of(real, simulated)) {
                List<Long> batches = store.open();
                open.put(store, batches);
                if (what < 2 || batches.isEmpty()) {
                    store.store(batch);
                } else if (what == 2) {
                    store.done(batches.get(pick % batches.size()));
                } else {
                    store.failed(batches.get(pick % batches.size()));
                }
            }
            assertThat(open.get(simulated)).isEqualTo(open.get(real));
            assertThat(simulated.sent(all)).isEqualTo(real.sent(all));
        }
    }

    @Test
    void batches_of_a_standby() {
        StandbyStore real = new JdbcStandbyStore(postgres.client());
        StandbyStore simulated = new MemoryStandbyStore(memory);
        for (int i = 0; i < STEPS / 10; i++) {
            StandbyStore.End how = List.of(StandbyStore.End.values()).get(random.nextInt(3));
            boolean ends = random.nextInt(2) == 0;
            SignedBatch batch = batch(1 + i);
            for (StandbyStore store : List.of(real, simulated)) {
                List<StandbyStore.Waiting> open = store.open();
                if (ends && !open.isEmpty()) {
                    store.ended(open.getFirst().id(), how);
                } else {
                    store.store(batch, Digest.ZERO, TIME.plusSeconds(i), TIME.plusSeconds(2L * i));
                }
            }
            assertThat(simulated.open()).isEqualTo(real.open());
            assertThat(simulated.announced(TIME.plusSeconds(i))).isEqualTo(real.announced(TIME.plusSeconds(i)));
        }
    }

    private SignedBatch batch(int decision) {
        List<EntitlementBatch.Item> items = random.ints(1 + random.nextInt(3), 0, ESCROWS)
                .distinct()
                .mapToObj(escrow -> new EntitlementBatch.Item(
                        consignment(escrow),
                        new Entitlement(
                                hash("escrow " + escrow),
                                Digest.ZERO,
                                EscrowTypes.decisionId(decision),
                                Amount.of(1),
                                Amount.of(2),
                                TIME.getEpochSecond() + decision)))
                .toList();
        return new SignedBatch(
                new EntitlementBatch(EscrowTypes.escrowDomain(1, EthAddress.ZERO), items), List.of("0x01"));
    }

    private Evidence.Seen seen(int number) {
        return new Evidence.Seen(
                1,
                EthAddress.ZERO,
                hash("escrow " + random.nextInt(ESCROWS)),
                Evidence.Kind.PAID,
                Amount.of(3),
                Amount.of(2),
                Amount.of(1),
                hash("transaction " + number / 3),
                number % 3,
                number,
                hash("block " + number),
                TIME);
    }

    private static ConsignmentId consignment(int escrow) {
        return new ConsignmentId("order-number-" + escrow + ".1");
    }

    private static Digest hash(String of) {
        return Digest.sha256(of.getBytes(UTF_8));
    }
}
