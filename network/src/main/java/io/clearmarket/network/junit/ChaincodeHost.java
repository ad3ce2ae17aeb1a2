package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeServerProperties;
import org.hyperledger.fabric.shim.NettyChaincodeServer;

/** Runs one chaincode in this process, with the unmodified shim's server, once per peer. */
public final class ChaincodeHost implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final long PROBE_PAUSE_NANOS = 5_000_000;

    private final ChaincodeConfig config;
    private final List<NettyChaincodeServer> servers;

    private ChaincodeHost(ChaincodeConfig config, List<NettyChaincodeServer> servers) {
        this.config = config;
        this.servers = servers;
    }

    /**
     * Starts a server for each organisation and returns when all listen.
     *
     * @param factory called once per server
     */
    public static ChaincodeHost start(
            String name, String version, String policy, List<String> mspIds, Supplier<? extends Chaincode> factory) {
        Map<String, String> addresses = new LinkedHashMap<>();
        List<NettyChaincodeServer> servers = new ArrayList<>();
        String packageId = ChaincodeConfig.packageId(name, version);
        for (String mspId : mspIds) {
            InetSocketAddress address = freeAddress();
            servers.add(serve(new HostedChaincode(factory.get(), packageId), address));
            addresses.put(mspId, address.getAddress().getHostAddress() + ":" + address.getPort());
        }
        return new ChaincodeHost(new ChaincodeConfig(name, version, policy, addresses), servers);
    }

    /** For {@code NetworkConfig.Builder.chaincode}. */
    public ChaincodeConfig config() {
        return config;
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

    /** The shim's server cannot say which port it got, so one that is free now is given to it. */
    private static InetSocketAddress freeAddress() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), probe.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public void close() {
        servers.forEach(NettyChaincodeServer::stop);
    }
}
