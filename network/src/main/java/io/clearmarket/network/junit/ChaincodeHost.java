package io.clearmarket.network.junit;

import io.clearmarket.network.FreePorts;
import io.clearmarket.network.embedded.ChaincodeConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hyperledger.fabric.shim.Chaincode;

/**
 * Runs one chaincode in this process behind the unmodified shim's server, once per peer, as a chaincode elsewhere is reached.
 * {@link InProcessChaincode} does without servers.
 */
public final class ChaincodeHost implements AutoCloseable {
    private final ChaincodeConfig config;
    private final ChaincodeServers servers;

    private ChaincodeHost(ChaincodeConfig config, ChaincodeServers servers) {
        this.config = config;
        this.servers = servers;
    }

    /**
     * Starts a server for each peer and returns when all listen.
     *
     * @param peers MSP ids, or {@code <MSP id>/peer1} for others than an organisation's first
     * @param factory called once per server
     */
    public static ChaincodeHost start(
            String name, String version, String policy, List<String> peers, Supplier<? extends Chaincode> factory) {
        Map<String, String> addresses = new LinkedHashMap<>();
        // the shim's server cannot say which port it got, so one that is free now is given to it
        peers.forEach(peer -> addresses.put(peer, "127.0.0.1:" + FreePorts.one()));
        ChaincodeConfig config = new ChaincodeConfig(name, version, policy, addresses);
        return new ChaincodeHost(
                config, ChaincodeServers.serve(config.packageId(), List.copyOf(addresses.values()), factory));
    }

    /** For {@code NetworkConfig.Builder.chaincode}. */
    public ChaincodeConfig config() {
        return config;
    }

    @Override
    public void close() {
        servers.close();
    }
}
