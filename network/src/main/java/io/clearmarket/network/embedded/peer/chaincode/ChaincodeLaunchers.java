package io.clearmarket.network.embedded.peer.chaincode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A peer's streams to chaincode servers. All channels of the peer use the same one to a server, as in Fabric: the shim keeps one
 * connection's state for all its streams.
 */
public final class ChaincodeLaunchers implements AutoCloseable {
    private final Duration executeTimeout;
    private final Map<ChaincodeServer, ChaincodeLauncher> byServer = new HashMap<>();
    private final Map<ChaincodeLauncher, Integer> users = new HashMap<>();

    /** @param executeTimeout how long a chaincode may take */
    public ChaincodeLaunchers(Duration executeTimeout) {
        this.executeTimeout = executeTimeout;
    }

    /** To be given back by {@link #leave}. */
    synchronized ChaincodeLauncher use(ChaincodeServer server) {
        ChaincodeLauncher launcher =
                byServer.computeIfAbsent(server, unknown -> new ChaincodeLauncher(unknown, executeTimeout));
        users.merge(launcher, 1, Integer::sum);
        return launcher;
    }

    /** Ends the stream when nobody uses it any more. */
    synchronized void leave(ChaincodeLauncher launcher) {
        if (users.computeIfPresent(launcher, (used, count) -> count > 1 ? count - 1 : null) == null) {
            byServer.values().remove(launcher);
            launcher.close();
        }
    }

    @Override
    public synchronized void close() {
        byServer.values().forEach(ChaincodeLauncher::close);
        byServer.clear();
        users.clear();
    }
}
