package io.clearmarket.gateway.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ports on the loopback address. */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TOGETHER = 16;
    /** Listens before each row given out, so that no other process gives the same. */
    private static final List<ServerSocket> TAKEN = new ArrayList<>();

    private Ports() {}

    /** @throws UpException naming the port and the option that changes it, if something listens there */
    static void requireFree(int port, String what, String option) {
        if (!isFree(port)) {
            throw new UpException("port " + port + " for the " + what
                    + " is in use by another program; end that, or choose another with " + option);
        }
    }

    /**
     * Free ports at this moment, each with {@value #TOGETHER} in a row, since a network takes as many as it has nodes. No other
     * process is given them as long as this one lives. They are below those that Linux hands out to clients (32768 and up),
     * which may take any of those in between two starts.
     */
    static synchronized List<Integer> free(int count) {
        List<Integer> before = IntStream.iterate(FIRST, port -> port + TOGETHER < LAST, port -> port + TOGETHER + 1)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(before, ThreadLocalRandom.current());
        List<Integer> free = before.stream()
                .filter(port -> IntStream.rangeClosed(port + 1, port + TOGETHER).allMatch(Ports::isFree))
                .filter(Ports::takes)
                .limit(count)
                .map(port -> port + 1)
                .toList();
        if (free.size() < count) {
            throw new UpException("no free ports from " + FIRST + " to " + LAST);
        }
        return free;
    }

    private static boolean takes(int port) {
        try {
            TAKEN.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
