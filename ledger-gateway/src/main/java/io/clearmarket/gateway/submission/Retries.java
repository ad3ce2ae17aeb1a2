package io.clearmarket.gateway.submission;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries, longer each time and never the same for two. */
final class Retries {
    private static final int MOST = 10;
    private static final long FIRST_MILLIS = 40;
    private static final long LONGEST_MILLIS = 2_000;

    private int tries;

    /** Pauses; false if it has been tried often enough. */
    boolean pause() {
        if (++tries >= MOST) {
            return false;
        }
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << tries);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
