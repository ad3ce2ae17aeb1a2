package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.Pausable;
import java.util.List;

/** The attesters that this gateway asks, in its own process or in theirs. */
record AskedAttesters(List<Asked> attesters) {
    /** An attester and its pause; an organisation may have a standby beside its attester. */
    record Asked(Attester attester, Pausable pause) {}

    AskedAttesters {
        attesters = List.copyOf(attesters);
    }

    /** All of an organisation's. */
    List<Pausable> of(String mspId) {
        return attesters.stream()
                .filter(each -> each.attester().mspId().equals(mspId))
                .map(Asked::pause)
                .toList();
    }

    AttesterQuorum quorum() {
        return new AttesterQuorum(attesters.stream().map(Asked::attester).toList());
    }
}
