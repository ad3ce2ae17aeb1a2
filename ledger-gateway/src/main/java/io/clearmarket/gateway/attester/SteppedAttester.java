package io.clearmarket.gateway.attester;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.settlement.attester.Answer;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.BatchAnswer;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.settlement.attester.OutflowLimit;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An attester whose steps somebody is told of. */
final class SteppedAttester implements Attester {
    private final Attester attester;
    private final Consumer<AttesterStep> reached;

    SteppedAttester(Attester attester, Consumer<AttesterStep> reached) {
        this.attester = attester;
        this.reached = reached;
    }

    /** The same limit, between whose write and the signature a step lies. */
    static OutflowLimit afterReserving(OutflowLimit limit, Consumer<AttesterStep> reached) {
        return outflows -> {
            Map<Integer, String> reasons = limit.reserve(outflows);
            if (reasons.isEmpty()) {
                reached.accept(AttesterStep.OUTFLOW_RESERVED);
            }
            return reasons;
        };
    }

    @Override
    public String mspId() {
        return attester.mspId();
    }

    @Override
    public EthAddress address() {
        return attester.address();
    }

    @Override
    public List<Answer> attest(List<Evidence.Seen> facts) {
        List<Answer> answers = attester.attest(facts);
        if (answers.stream().anyMatch(Answer.Signed.class::isInstance)) {
            reached.accept(AttesterStep.FACTS_SIGNED);
        }
        return answers;
    }

    @Override
    public BatchAnswer attest(EntitlementBatch batch) {
        BatchAnswer answer = attester.attest(batch);
        if (answer instanceof BatchAnswer.Signed) {
            reached.accept(AttesterStep.BATCH_SIGNED);
        }
        return answer;
    }
}
