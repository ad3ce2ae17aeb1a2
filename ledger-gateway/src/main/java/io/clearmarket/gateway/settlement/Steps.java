package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.settlement.attester.OutflowLimit;
import java.util.Map;

/** Is told of each step of settlement; as a rule does nothing. */
@FunctionalInterface
interface Steps {
    void reached(SettlementStep step);

    /** The same limit, between whose commit and the signature a step lies. */
    default OutflowLimit afterReserving(OutflowLimit limit) {
        return outflows -> {
            Map<Integer, String> reasons = limit.reserve(outflows);
            if (reasons.isEmpty()) {
                reached(SettlementStep.OUTFLOW_RESERVED);
            }
            return reasons;
        };
    }
}
