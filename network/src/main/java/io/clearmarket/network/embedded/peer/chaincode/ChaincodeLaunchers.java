package io.clearmarket.network.embedded.peer.chaincode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A peer's streams to its chaincodes. All channels of the peer use the same one to a server, as in Fabric: the shim keeps one
 * connection's state for all its streams.
 */
public final class ChaincodeLaunchers implements AutoCloseable {
    private final HostedChaincodes hosted;
    private final Duration executeTimeout;
    private final Map<ChaincodeServer, ChaincodeConnection> byServer = new HashMap<>();
    private final Map<ChaincodeConnection, Integer> users = new HashMap<>();
    private final Map<String, ChaincodeDoor> doors = new HashMap<>();

    /**
     * Without streams.
     *
     * @param hosted chaincodes that need no dialling
     * @param executeTimeout how long a chaincode may take
     */
    public ChaincodeLaunchers(HostedChaincodes hosted, Duration executeTimeout) {
        this.hosted = hosted;
        this.executeTimeout = executeTimeout;
    }

    /** To be given back by {@link #leave}. */
    synchronized ChaincodeConnection use(ChaincodeServer server) {
        ChaincodeConnection connection = byServer.computeIfAbsent(server, this::connect);
        users.merge(connection, 1, Integer::sum);
        return connection;
    }

    private ChaincodeConnection connect(ChaincodeServer server) {
        return server.dialsPeer()
                ? new RegisteredChaincode(
                        server,
                        doors.computeIfAbsent(server.address(), address -> ChaincodeDoor.open(address, executeTimeout)))
                : new ChaincodeLauncher(server, hosted, executeTimeout);
    }

    /** Ends the stream when nobody uses it any more. */
    synchronized void leave(ChaincodeConnection connection) {
        if (users.computeIfPresent(connection, (used, count) -> count > 1 ? count - 1 : null) == null) {
            byServer.values().remove(connection);
            connection.close();
        }
    }

    @Override
    public synchronized void close() {
        byServer.values().forEach(ChaincodeConnection::close);
        byServer.clear();
        users.clear();
        doors.values().forEach(ChaincodeDoor::close);
        doors.clear();
    }
}
