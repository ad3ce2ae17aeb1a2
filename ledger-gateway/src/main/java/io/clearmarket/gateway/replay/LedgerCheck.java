package io.clearmarket.gateway.replay;

import io.clearmarket.gateway.audit.CheckResult;
import io.clearmarket.gateway.audit.ConservationCheck;
import io.clearmarket.gateway.up.UpState;

/** The conservation check of a system that is up, as its auditor would do it. */
final class LedgerCheck {
    private LedgerCheck() {}

    static CheckResult of(UpState up) {
        UpState.IdentityFiles auditor = up.identities().get("auditor");
        if (auditor == null) {
            throw new ReplayException("the running system has no auditor");
        }
        return ConservationCheck.of(up.network(), up.chain(), up.deployment(), auditor.msp(), auditor.mspId());
    }
}
