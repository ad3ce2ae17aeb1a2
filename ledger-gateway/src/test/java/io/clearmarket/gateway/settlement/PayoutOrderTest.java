package io.clearmarket.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.settlement.attester.Answer;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.BatchAnswer;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.wallet.eth.EthAddress;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More payouts than a batch holds, of which some can't be made. */
class PayoutOrderTest {
    private static final int BATCH = 5;

    private final VirtualClock clock = new VirtualClock();
    private final MemoryDatabase disk = new MemoryDatabase(() -> {});
    private final Map<ConsignmentId, SignedTerms> terms = new HashMap<>();
    private final PayoutStore payouts = new MemoryPayoutStore(disk);
    private final StandbyStore standby = new MemoryStandbyStore(disk);
    private final VirtualRules rules = new VirtualRules(VirtualMarket.CONFIG, seen -> true);

    @Test
    void payouts_that_an_attester_declines_hold_up_none_behind_them() {
        List<ConsignmentId> large = decided("a-large", 2 * BATCH + 1);
        List<ConsignmentId> small = decided("b-small", BATCH - 1);
        Payouts paying = payouts(quorum(audit(large), signing(VirtualMarket.PLATFORM)));

        for (int i = 0; i < 5; i++) {
            paying.pay();
            passes(Duration.ofSeconds(1));
        }

        assertThat(payouts.sent(small)).containsOnlyKeys(small);
        assertThat(payouts.sent(large)).isEmpty();
    }

    @Test
    void a_standby_is_announced_for_all_that_waits() {
        List<ConsignmentId> all = decided("a-order", 3 * BATCH - 1);
        AttesterQuorum quorum = quorum(
                BrokenAttester.dead(signing(VirtualMarket.AUDIT)),
                signing(VirtualMarket.STANDBY),
                signing(VirtualMarket.PLATFORM));
        Payouts paying = payouts(quorum);
        StandbyTakeover takeover = new StandbyTakeover(
                paying, readModel(), standby, chain(), quorum, disk.transaction(), LOOP, step -> {}, clock);

        for (int i = 0; i < 8; i++) {
            passes(Duration.ofSeconds(1));
            paying.pay();
            takeover.act();
        }

        assertThat(standby.announced(clock.instant()).keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    private static final SettlementProperties.Loop LOOP = new SettlementProperties.Loop(
            "settlement",
            Duration.ofMillis(400),
            Duration.ofSeconds(1),
            BATCH,
            Duration.ofMinutes(30),
            Duration.ofSeconds(2));

    private Payouts payouts(AttesterQuorum quorum) {
        return new Payouts(readModel(), payouts, chain(), quorum, disk.transaction(), LOOP, step -> {}, clock);
    }

    private VirtualReadModel readModel() {
        Chaos calm = new Chaos(1, 0);
        calm.end();
        return new VirtualReadModel(new VirtualLedger(calm, clock, rules), VirtualMarket.CONFIG, terms);
    }

    private void passes(Duration time) {
        clock.advanceTo(clock.after(time));
    }

    /** Consignments with a decision for their merchant, long ago. */
    private List<ConsignmentId> decided(String order, int count) {
        return IntStream.range(100, 100 + count)
                .mapToObj(i -> VirtualMarket.terms(order + "-" + i, 1_000, clock.instant()))
                .map(this::decided)
                .toList();
    }

    private ConsignmentId decided(Terms its) {
        Consignment placed = VirtualMarket.make(its);
        Amount total = its.total();
        rules.place(new Consignment(
                placed.id(),
                placed.orderId(),
                placed.buyer(),
                placed.merchant(),
                placed.asset(),
                placed.termsHash(),
                placed.escrowId(),
                2,
                Consignment.Goods.DELIVERED,
                new Consignment.Ledgered(
                        total,
                        Amount.ZERO,
                        total,
                        total,
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.ZERO,
                        List.of(new Consignment.Decision(
                                1, "accept", total, Amount.ZERO, clock.instant().minusSeconds(60)))),
                placed.deadlines(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true));
        terms.put(its.consignmentId(), new SignedTerms(its, "", ""));
        return its.consignmentId();
    }

    private static AttesterQuorum quorum(Attester... attesters) {
        return new AttesterQuorum(List.of(attesters));
    }

    private static Attester signing(EthAddress address) {
        return new Signing(address, Set.of());
    }

    private static Attester audit(List<ConsignmentId> declined) {
        return new Signing(VirtualMarket.AUDIT, Set.copyOf(declined));
    }

    /** Signs what it does not decline, whatever it is. */
    private record Signing(EthAddress address, Set<ConsignmentId> declined) implements Attester {
        @Override
        public String mspId() {
            return "some MSP";
        }

        @Override
        public List<Answer> attest(List<Evidence.Seen> facts) {
            throw new UnsupportedOperationException("payouts only");
        }

        @Override
        public BatchAnswer attest(EntitlementBatch batch) {
            Map<Integer, String> reasons = IntStream.range(0, batch.items().size())
                    .filter(i -> declined.contains(batch.items().get(i).consignmentId()))
                    .boxed()
                    .collect(Collectors.toMap(i -> i, i -> "over the limit"));
            return reasons.isEmpty()
                    ? new BatchAnswer.Signed("0x" + "11".repeat(65))
                    : new BatchAnswer.Declined(reasons);
        }
    }

    /** Takes all, and has made nothing final. */
    private static EscrowChain chain() {
        return (EscrowChain) Proxy.newProxyInstance(
                EscrowChain.class.getClassLoader(),
                new Class<?>[] {EscrowChain.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "chainId" -> VirtualMarket.DEPLOYMENT.chainId();
                    case "contract" -> VirtualMarket.DEPLOYMENT.escrow();
                    case "settle", "announceStandby" -> Digest.ZERO;
                    case "find" ->
                        Optional.of(new ChainTransaction(
                                (String) arguments[0], Digest.ZERO, ChainTransaction.Outcome.OPEN));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
