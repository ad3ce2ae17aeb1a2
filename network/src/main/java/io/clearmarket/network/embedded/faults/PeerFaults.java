package io.clearmarket.network.embedded.faults;

import java.time.Duration;
import java.util.Random;

/** How one peer fails; nothing is wrong with it until a test says so. Safe for use from any thread. */
public final class PeerFaults {
    /** Longer than any test: an answer that does not come. */
    private static final Duration NEVER = Duration.ofDays(365);

    private final Random random = new Random(0);
    private volatile StatusFault statusFault = StatusFault.NONE;
    private volatile boolean blocksStalled;
    private volatile boolean endorsementsDiffer;
    private volatile WriteGuard writes = WriteGuard.NONE;

    private record StatusFault(double share, Duration atMost) {
        static final StatusFault NONE = new StatusFault(0, Duration.ZERO);
    }

    /** Decides which calls are hit from now on: the same calls in the same order are hit the same way. */
    public void seed(long seed) {
        synchronized (random) {
            random.setSeed(seed);
        }
    }

    /** Commit statuses come late: a share of them, each by a random time. */
    public void delayCommitStatus(double share, Duration atMost) {
        statusFault = new StatusFault(share, atMost);
    }

    /** A share of the commit statuses never comes: the caller waits until its deadline. */
    public void dropCommitStatus(double share) {
        statusFault = new StatusFault(share, NEVER);
    }

    /** The peer gets no more blocks, so it commits nothing and its clients hear of nothing. */
    public void stallBlocks(boolean stalled) {
        blocksStalled = stalled;
    }

    /** Its endorsements are over another response than those of others, as from chaincode that is not deterministic. */
    public void differInEndorsements(boolean differ) {
        endorsementsDiffer = differ;
    }

    /** What its disk takes. */
    public void guardWrites(WriteGuard guard) {
        writes = guard;
    }

    /** Nothing is wrong any more; answers that were dropped stay so. */
    public void clear() {
        statusFault = StatusFault.NONE;
        blocksStalled = false;
        endorsementsDiffer = false;
        writes = WriteGuard.NONE;
    }

    /** How long the next commit status is to be held back. */
    public Duration commitStatusDelay() {
        StatusFault fault = statusFault;
        if (fault.share() == 0) {
            return Duration.ZERO;
        }
        synchronized (random) {
            if (random.nextDouble() >= fault.share()) {
                return Duration.ZERO;
            }
            return fault.atMost().equals(NEVER)
                    ? NEVER
                    : Duration.ofNanos(random.nextLong(fault.atMost().toNanos() + 1));
        }
    }

    public boolean blocksStalled() {
        return blocksStalled;
    }

    public boolean endorsementsDiffer() {
        return endorsementsDiffer;
    }

    /** For the peer's ledger: whatever a test has set or will set. */
    public WriteGuard guard() {
        return new WriteGuard() {
            @Override
            public int allow(long block, int bytes) {
                return writes.allow(block, bytes);
            }

            @Override
            public void refused() {
                writes.refused();
            }
        };
    }
}
