package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.settlement.attester.Answer;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.BatchAnswer;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An attester that is dead, signs nonsense, or declines everything, for as long as the run lasts. */
final class BrokenAttester implements Attester {
    private enum How {
        DEAD,
        NONSENSE,
        DECLINES
    }

    private static final String NONSENSE = "0x" + "11".repeat(64) + "1b";

    private final Attester real;
    private final How how;

    private BrokenAttester(Attester real, How how) {
        this.real = real;
        this.how = how;
    }

    static Attester orNot(boolean broken, Chaos chaos, Attester real) {
        return broken
                ? new BrokenAttester(
                        real, List.of(How.DEAD, How.NONSENSE, How.DECLINES).get(chaos.choose(3)))
                : real;
    }

    static Attester dead(Attester real) {
        return new BrokenAttester(real, How.DEAD);
    }

    @Override
    public String mspId() {
        return real.mspId();
    }

    @Override
    public EthAddress address() {
        return real.address();
    }

    @Override
    public List<Answer> attest(List<Evidence.Seen> facts) {
        return switch (how) {
            case DEAD -> throw new IllegalStateException("dead");
            case NONSENSE ->
                facts.stream().<Answer>map(fact -> new Answer.Signed(NONSENSE)).toList();
            case DECLINES ->
                facts.stream().<Answer>map(fact -> new Answer.Declined("no")).toList();
        };
    }

    @Override
    public BatchAnswer attest(EntitlementBatch batch) {
        return switch (how) {
            case DEAD -> throw new IllegalStateException("dead");
            case NONSENSE -> new BatchAnswer.Signed(NONSENSE);
            case DECLINES ->
                new BatchAnswer.Declined(
                        IntStream.range(0, batch.items().size()).boxed().collect(Collectors.toMap(i -> i, i -> "no")));
        };
    }
}
