package io.clearmarket.network.bench;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.fabric.FabricConfig;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.Steps;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.network.fabric.node.FabricBinaries;
import io.clearmarket.network.junit.ChaincodeServers;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.hyperledger.fabric.client.Contract;
import org.jspecify.annotations.Nullable;

/** Fabric's own nodes as processes of this one, with the embedded network's batch rules. */
final class NativeSetup implements BenchSetup {
    private static final String MSP = "PlatformMSP";
    private static final ChaincodePackage PACKAGE = ChaincodePackage.of(PutChaincode.NAME, "1", "bench");

    private final FabricConfig config;
    private final Steps steps;
    private @Nullable ChaincodeServers chaincode;

    /** @param steps told what the start has done */
    NativeSetup(Path directory, Steps steps) {
        this.config = FabricConfig.in(directory).withBatch(NetworkConfig.Batch.QUICK);
        this.steps = steps;
    }

    @Override
    public BenchedNetwork open() {
        FabricNetwork network = FabricNetwork.startNative(config, FabricBinaries.find(), steps);
        if (chaincode == null) {
            chaincode = ChaincodeServers.serve(
                    PACKAGE.id(),
                    network.chaincodePorts().values().stream()
                            .map(port -> "127.0.0.1:" + port)
                            .toList(),
                    PutChaincode::new);
        }
        network.deploy(
                config.channel(),
                PACKAGE,
                ChaincodeTerms.of(PutChaincode.NAME, "1", ChaincodeConfig.MARKET_POLICY),
                network.chaincodePorts());
        return new Opened(
                network,
                NetworkClient.connect(
                        network.organization(MSP),
                        config.channel(),
                        network.ca(MSP).issue(CertificateRequest.of("bench", NodeOu.CLIENT))));
    }

    @Override
    public void close() {
        if (chaincode != null) {
            chaincode.close();
        }
    }

    private record Opened(FabricNetwork network, NetworkClient client) implements BenchedNetwork {
        @Override
        public Contract contract() {
            return client.contract(PutChaincode.NAME);
        }

        @Override
        public Map<Part, Duration> nodeTimes() {
            Map<Part, Duration> times = new EnumMap<>(Part.class);
            ProcessHandle.current()
                    .children()
                    .forEach(child -> times.merge(
                            child.info()
                                            .command()
                                            .filter(path -> path.endsWith("orderer"))
                                            .isPresent()
                                    ? Part.ORDERER
                                    : Part.PEERS,
                            child.info().totalCpuDuration().orElse(Duration.ZERO),
                            Duration::plus));
            return times;
        }

        @Override
        public void close() {
            client.close();
            network.close();
        }
    }
}
