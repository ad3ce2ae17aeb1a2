package io.clearmarket.network.bench;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.junit.InProcessChaincode;
import io.clearmarket.network.junit.NetworkClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hyperledger.fabric.client.Contract;

/** The embedded network: client, peers, orderer and chaincode in this process. */
final class EmbeddedSetup implements BenchSetup {
    private final InProcessChaincode chaincode;
    private final NetworkConfig config;

    EmbeddedSetup(Path directory) {
        chaincode = InProcessChaincode.of(
                PutChaincode.NAME,
                "1",
                ChaincodeConfig.MARKET_POLICY,
                NetworkConfig.DEFAULT_ORGANIZATIONS,
                PutChaincode::new);
        config = NetworkConfig.in(directory).chaincode(chaincode.config()).build();
    }

    @Override
    public BenchedNetwork open() {
        EmbeddedNetwork network = EmbeddedNetwork.start(config);
        chaincode.runIn(network);
        return new Opened(network, NetworkClient.connect(network, "PlatformMSP", "bench"));
    }

    @Override
    public void close() {
        // the chaincode goes with its network
    }

    private record Opened(EmbeddedNetwork network, NetworkClient client) implements BenchedNetwork {
        @Override
        public Contract contract() {
            return client.contract(PutChaincode.NAME);
        }

        @Override
        public Map<Part, Duration> nodeTimes() {
            return Map.of();
        }

        @Override
        public void close() {
            client.close();
            network.close();
        }
    }
}
