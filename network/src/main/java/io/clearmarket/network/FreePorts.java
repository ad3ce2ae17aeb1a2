package io.clearmarket.network;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ports for servers that must be told theirs. They are below those that Linux hands out to clients (32768 and up), which may
 * take any of those before the server listens, or while a network is down that keeps its ports.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int LAST = 20_000;
    private static final int SHARE = 100;

    private static final PortShares SHARES = new PortShares(FIRST, LAST, SHARE);
    private static final Deque<Integer> OURS = new ArrayDeque<>();

    private FreePorts() {}

    /**
     * A loopback port from 10000 to 19999 that nothing listens on at this moment, and that was not given out before, here or by another
     * process that lives.
     *
     * @throws IllegalStateException if there is none
     */
    public static synchronized int one() {
        while (true) {
            if (OURS.isEmpty()) {
                OURS.addAll(SHARES.take());
            }
            int port = OURS.removeFirst();
            if (PortShares.isFree(port)) {
                return port;
            }
        }
    }
}
