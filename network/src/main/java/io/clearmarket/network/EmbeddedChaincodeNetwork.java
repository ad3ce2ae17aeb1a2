package io.clearmarket.network;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.PeerId;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.ChaincodeGrpc;

/** The embedded network. A package stands for a name and a version, whatever jar is served. */
record EmbeddedChaincodeNetwork(EmbeddedNetwork network) implements ChaincodeNetwork {
    @Override
    public Path dataDirectory() {
        return network.config().dataDirectory();
    }

    @Override
    public Collection<String> peers() {
        NetworkConfig config = network.config();
        return config.peers(config.channels().getFirst()).stream()
                .map(PeerId::key)
                .toList();
    }

    @Override
    public String packageId(ChaincodeRecord chaincode, Path jar) {
        return ChaincodeConfig.packageId(chaincode.name(), chaincode.version());
    }

    @Override
    public void agree(ChaincodeRecord chaincode, Path jar) {
        network.deploy(chaincode.config());
    }

    @Override
    public Optional<RunningChaincode> host(ChaincodeRecord wanted, Supplier<ChaincodeGrpc.AsyncService> chaincode) {
        ChaincodeConfig config = wanted.config();
        network.host(config, chaincode);
        return Optional.of(new RunningChaincode() {
            @Override
            public long pid() {
                return ProcessHandle.current().pid();
            }

            @Override
            public void close() {
                network.release(config);
            }
        });
    }

    @Override
    public void describe(NetworkFile.Chaincode chaincode) {
        NetworkFile.write(network, chaincode);
    }
}
