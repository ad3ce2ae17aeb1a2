package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import io.clearmarket.gateway.testing.Bug;
import io.clearmarket.gateway.testing.MemoryDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Stores as an engine with a known bug would use them; without one they are the real ones. */
final class StoreBugs {
    private StoreBugs() {}

    static FactStore facts(MemoryDatabase database, Clock clock, Set<Bug> bugs) {
        if (bugs.contains(Bug.POSITION_APART_FROM_EFFECT)) {
            return new MemoryFactStore(database, clock) {
                @Override
                public void store(List<Evidence.Seen> facts, BlockRef readUpTo) {
                    database.transaction().executeWithoutResult(status -> move(readUpTo));
                    database.transaction().executeWithoutResult(status -> insert(facts));
                }
            };
        }
        if (bugs.contains(Bug.RECORDED_BEFORE_COMMITTED)) {
            return new MemoryFactStore(database, clock) {
                @Override
                public void keep(Evidence evidence) {
                    super.keep(evidence);
                    recorded(evidence.seen());
                }
            };
        }
        return new MemoryFactStore(database, clock);
    }

    static PayoutStore payouts(MemoryDatabase database, Set<Bug> bugs) {
        if (bugs.contains(Bug.FAILED_BATCH_FORGOTTEN)) {
            return new MemoryPayoutStore(database) {
                @Override
                public void failed(long batch) {
                    done(batch);
                }
            };
        }
        return new MemoryPayoutStore(database);
    }
}
