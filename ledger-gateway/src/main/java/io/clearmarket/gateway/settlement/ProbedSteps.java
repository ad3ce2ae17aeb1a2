package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.SendProbe;
import io.clearmarket.gateway.submission.SubmissionProbe;

/** What senders and submissions are probed for, as steps of settlement. */
@FunctionalInterface
interface ProbedSteps extends SendProbe, SubmissionProbe, Steps {
    @Override
    default void sentNotMarked() {
        reached(SettlementStep.CHAIN_SENT);
    }

    @Override
    default void repricedNotSent() {
        reached(SettlementStep.TRANSACTION_REPRICED);
    }

    @Override
    default void keptNotSent() {
        reached(SettlementStep.ENVELOPE_PERSISTED);
    }

    @Override
    default void sentNotSettled() {
        reached(SettlementStep.ENVELOPE_SENT);
    }

    @Override
    default void committedNotSettled() {
        reached(SettlementStep.ENVELOPE_COMMITTED);
    }
}
