package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.settlement.FactStore.ReadUpTo;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Reads the escrow contract's logs, finalized blocks only, each range once, however long it was down. */
@Component
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class ChainFollower {
    private static final Logger LOG = LoggerFactory.getLogger(ChainFollower.class);
    private static final long RANGE = 2_000;

    private final EscrowChain chain;
    private final FactStore facts;
    private final Steps steps;

    ChainFollower(EscrowChain chain, FactStore facts, Steps steps) {
        this.chain = chain;
        this.facts = facts;
        this.steps = steps;
    }

    /** Reads up to the newest finalized block. */
    void follow() {
        BlockRef head = chain.finalizedBlock();
        Optional<ReadUpTo> position = facts.position();
        position.ifPresent(reached -> requireSame(reached, head));
        long from = position.map(reached -> reached.block() + 1).orElse(chain.firstBlock());
        while (from <= head.number()) {
            long to = Math.min(head.number(), from + RANGE - 1);
            List<Evidence.Seen> seen = chain.facts(chain.logs(from, to));
            BlockRef readUpTo = to == head.number() ? head : chain.block(to);
            store(seen, readUpTo);
            from = to + 1;
        }
    }

    private void store(List<Evidence.Seen> seen, BlockRef readUpTo) {
        if (seen.isEmpty()) {
            facts.store(seen, readUpTo);
            return;
        }
        steps.reached(SettlementStep.LOGS_READ);
        facts.store(seen, readUpTo);
        steps.reached(SettlementStep.LOGS_PERSISTED);
        LOG.debug("{} facts up to block {}", seen.size(), readUpTo.number());
    }

    /** What was final can't change: if it did, nothing that was built on it may go on. */
    private void requireSame(ReadUpTo position, BlockRef head) {
        BlockRef now = head.number() == position.block() ? head : chain.block(position.block());
        if (!now.hash().equals(position.hash())) {
            throw new ChainException.WrongChain("block " + position.block() + " was final with hash " + position.hash()
                    + " and is now " + now.hash() + ": this is another chain");
        }
    }
}
