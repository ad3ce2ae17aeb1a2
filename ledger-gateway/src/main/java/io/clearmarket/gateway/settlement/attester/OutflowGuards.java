package io.clearmarket.gateway.settlement.attester;

import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;

/** The guards of the attesters that run in this process. */
public record OutflowGuards(List<Guarded> attesters) {
    /** An attester and its guard; an organisation may have a standby beside its attester. */
    public record Guarded(String mspId, EthAddress attester, OutflowGuard guard) {}

    public OutflowGuards {
        attesters = List.copyOf(attesters);
    }

    /** The attester's; {@link IllegalArgumentException} if it does not run here. */
    public OutflowGuard of(EthAddress attester) {
        return attesters.stream()
                .filter(each -> each.attester().equals(attester))
                .map(Guarded::guard)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no attester " + attester + " runs here"));
    }

    /** All of an organisation's. */
    public List<OutflowGuard> of(String mspId) {
        return attesters.stream()
                .filter(each -> each.mspId().equals(mspId))
                .map(Guarded::guard)
                .toList();
    }
}
