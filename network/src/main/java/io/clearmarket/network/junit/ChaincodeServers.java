package io.clearmarket.network.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeServerProperties;
import org.hyperledger.fabric.shim.NettyChaincodeServer;

/** Several of the shim's chaincode servers in this process, one per peer. */
public final class ChaincodeServers implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final long PROBE_PAUSE_NANOS = 5_000_000;

    private final List<NettyChaincodeServer> servers;

    private ChaincodeServers(List<NettyChaincodeServer> servers) {
        this.servers = servers;
    }

    /**
     * Starts a server at each address and returns when all listen.
     *
     * @param packageId what they register as
     * @param addresses {@code host:port}
     * @param factory called once per server
     */
    public static ChaincodeServers serve(
            String packageId, List<String> addresses, Supplier<? extends Chaincode> factory) {
        List<NettyChaincodeServer> servers = new ArrayList<>();
        for (String address : addresses) {
            int colon = address.lastIndexOf(':');
            InetSocketAddress socket =
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            servers.add(serve(new HostedChaincode(factory.get(), packageId), socket));
        }
        return new ChaincodeServers(servers);
    }

    private static NettyChaincodeServer serve(HostedChaincode chaincode, InetSocketAddress address) {
        ChaincodeServerProperties properties = new ChaincodeServerProperties();
        properties.setServerAddress(address);
        try {
            NettyChaincodeServer server = new NettyChaincodeServer(chaincode, properties);
            AtomicReference<Exception> failure = new AtomicReference<>();
            // start() serves until stop(): it needs a thread to itself
            Thread.ofPlatform().name("chaincode-" + address.getPort()).daemon().start(() -> {
                try {
                    server.start();
                } catch (IOException e) {
                    failure.set(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            awaitListening(address, failure);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no chaincode server at " + address, e);
        }
    }

    private static void awaitListening(InetSocketAddress address, AtomicReference<Exception> failure)
            throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            Exception failed = failure.get();
            if (failed != null || System.nanoTime() > deadline) {
                throw new IOException("the chaincode server did not come to listen at " + address, failed);
            }
            try (Socket probe = new Socket()) {
                probe.connect(address, 100);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(PROBE_PAUSE_NANOS);
            }
        }
    }

    @Override
    public void close() {
        servers.forEach(NettyChaincodeServer::stop);
    }
}
