package io.clearmarket.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers that must be told theirs. */
final class FreePorts {
    private FreePorts() {}

    /** A loopback port that nothing listened on a moment ago. */
    static int one() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
