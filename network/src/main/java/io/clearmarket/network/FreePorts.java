package io.clearmarket.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports for servers that must be told theirs. */
public final class FreePorts {
    private FreePorts() {}

    /** The system may give a port out again as soon as it is closed, before whoever asked for it listens there. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    /** A loopback port that nothing listened on a moment ago, and that was not given out here before. */
    public static int one() {
        while (true) {
            int port = any();
            if (GIVEN.add(port)) {
                return port;
            }
        }
    }

    private static int any() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
