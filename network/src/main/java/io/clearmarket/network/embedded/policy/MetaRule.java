package io.clearmarket.network.embedded.policy;

import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.msp.MspManager;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;

/** An implicit meta policy: so many of the sub-groups' policies of one name. A missing sub-policy is an unsatisfied one. */
record MetaRule(MspManager msps, String name, int needed, List<Policy> present) implements Policy {
    static MetaRule of(MspManager msps, ImplicitMetaPolicy policy, int groups, List<Policy> present) {
        int needed = switch (policy.getRule()) {
            case ANY -> Math.min(1, groups);
            case ALL -> groups;
            case MAJORITY -> groups == 0 ? 0 : groups / 2 + 1;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException("unknown implicit meta rule " + policy.getRuleValue());
        };
        return new MetaRule(msps, policy.getSubPolicy(), needed, List.copyOf(present));
    }

    @Override
    public Optional<String> evaluate(List<SignedData> signatures) {
        return evaluateSigners(Signers.of(signatures, msps));
    }

    @Override
    public Optional<String> evaluateSigners(List<MspIdentity> signers) {
        int satisfied = 0;
        for (Policy policy : present) {
            if (satisfied < needed && policy.evaluateSigners(signers).isEmpty()) {
                satisfied++;
            }
        }
        return satisfied >= needed
                ? Optional.empty()
                : Optional.of(
                        "implicit policy evaluation failed - %d sub-policies were satisfied, but this policy requires %d of the '%s' sub-policies to be satisfied"
                                .formatted(satisfied, needed, name));
    }
}
