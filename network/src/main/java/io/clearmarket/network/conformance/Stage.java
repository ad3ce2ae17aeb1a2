package io.clearmarket.network.conformance;

import java.time.Duration;

/** The networks that statements are tried on, one after the other. */
enum Stage {
    /** Short blocks: most statements wait for a commit. */
    USUAL(100, 10, 100),
    /** Two transactions fill a block, one alone waits long; chaincodes may take two seconds. */
    SMALL_BLOCKS(3000, 2, 2);

    private static final int PREFERRED_BYTES = 512 << 10;
    private static final int ABSOLUTE_BYTES = 1 << 20;

    private final int batchMillis;
    private final int maxMessages;
    private final int executeSeconds;

    Stage(int batchMillis, int maxMessages, int executeSeconds) {
        this.batchMillis = batchMillis;
        this.maxMessages = maxMessages;
        this.executeSeconds = executeSeconds;
    }

    NetworkPlan.Batch batch() {
        return new NetworkPlan.Batch(Duration.ofMillis(batchMillis), maxMessages, PREFERRED_BYTES, ABSOLUTE_BYTES);
    }

    Duration executeTimeout() {
        return Duration.ofSeconds(executeSeconds);
    }
}
