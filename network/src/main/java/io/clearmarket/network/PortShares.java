package io.clearmarket.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A range of loopback ports in shares. Between the question which port is free and a server's listening there another process could
 * be told the same. So a process takes a whole share: it listens on the first port of it for as long as it lives, and hands out the others.
 */
final class PortShares {
    private final int first;
    private final int last;
    private final int size;
    private final List<ServerSocket> taken = new ArrayList<>();

    /**
     * The ports from {@code first} to {@code last - 1}.
     *
     * @param size of a share, its first port included
     */
    PortShares(int first, int last, int size) {
        this.first = first;
        this.last = last;
        this.size = size;
    }

    /**
     * The ports of a share that no living process has taken, without its first; whether they are free is for who uses them to see.
     *
     * @throws IllegalStateException if all are taken
     */
    synchronized List<Integer> take() {
        List<Integer> shares = IntStream.iterate(first, port -> port + size <= last, port -> port + size)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(shares);
        for (int share : shares) {
            if (takes(share)) {
                return IntStream.range(share + 1, share + size).boxed().toList();
            }
        }
        throw new IllegalStateException("no free port from " + first + " to " + (last - 1));
    }

    private boolean takes(int share) {
        try {
            taken.add(new ServerSocket(share, 1, InetAddress.getLoopbackAddress()));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    /** True if nothing listens on a loopback port at this moment. */
    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
