package io.clearmarket.network.conformance;

import java.time.Duration;

/** The networks that statements are tried on, one after the other. */
enum Stage {
    /** Short blocks: most statements wait for a commit. */
    USUAL(100, 10, 100, 1),
    /** Two transactions fill a block, one alone waits long; chaincodes may take two seconds. */
    SMALL_BLOCKS(3000, 2, 2, 1),
    /** An ordering service of three nodes. */
    THREE_ORDERERS(100, 10, 100, 3);

    private static final int PREFERRED_BYTES = 512 << 10;
    private static final int ABSOLUTE_BYTES = 1 << 20;

    private final int batchMillis;
    private final int maxMessages;
    private final int executeSeconds;
    private final int orderers;

    Stage(int batchMillis, int maxMessages, int executeSeconds, int orderers) {
        this.batchMillis = batchMillis;
        this.maxMessages = maxMessages;
        this.executeSeconds = executeSeconds;
        this.orderers = orderers;
    }

    NetworkPlan.Batch batch() {
        return new NetworkPlan.Batch(Duration.ofMillis(batchMillis), maxMessages, PREFERRED_BYTES, ABSOLUTE_BYTES);
    }

    int orderers() {
        return orderers;
    }

    Duration executeTimeout() {
        return Duration.ofSeconds(executeSeconds);
    }
}
