package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hyperledger.fabric.shim.Chaincode;

/** Runs one chaincode in this process, with the unmodified shim's server, once per peer. */
public final class ChaincodeHost implements AutoCloseable {
    private final ChaincodeConfig config;
    private final ChaincodeServers servers;

    private ChaincodeHost(ChaincodeConfig config, ChaincodeServers servers) {
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
        mspIds.forEach(mspId -> addresses.put(mspId, freeAddress()));
        ChaincodeConfig config = new ChaincodeConfig(name, version, policy, addresses);
        return new ChaincodeHost(
                config, ChaincodeServers.serve(config.packageId(), List.copyOf(addresses.values()), factory));
    }

    /** For {@code NetworkConfig.Builder.chaincode}. */
    public ChaincodeConfig config() {
        return config;
    }

    /** The shim's server cannot say which port it got, so one that is free now is given to it. */
    private static String freeAddress() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}
