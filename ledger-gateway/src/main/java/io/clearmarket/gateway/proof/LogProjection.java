package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.events.BlockProjection;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.proof.tree.Leaves;
import org.springframework.stereotype.Component;

/** Feeds the log from blocks. */
@Component
class LogProjection implements BlockProjection {
    private final LogStore log;
    private final Leaves leaves;

    LogProjection(LogStore log, Leaves leaves) {
        this.log = log;
        this.leaves = leaves;
    }

    @Override
    public void apply(LedgerBlock block) {
        log.append(leaves.of(block));
    }

    @Override
    public void reset() {
        log.clear();
    }
}
