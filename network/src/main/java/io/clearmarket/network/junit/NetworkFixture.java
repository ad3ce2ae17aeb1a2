package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.PeerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hyperledger.fabric.shim.Chaincode;
import org.jspecify.annotations.Nullable;

/** A running network with its hosted chaincodes, its clients and its temporary directory: all come and go together. */
final class NetworkFixture implements AutoCloseable {
    /**
     * A chaincode to host.
     *
     * @param factory called once per peer
     */
    record Deployment(
            String name, String policy, List<CollectionConfig> collections, Supplier<? extends Chaincode> factory) {}

    private final Path directory;
    private final List<InProcessChaincode> chaincodes = new ArrayList<>();
    private final Map<String, NetworkClient> clients = new LinkedHashMap<>();
    private @Nullable EmbeddedNetwork network;

    private NetworkFixture(Path directory) {
        this.directory = directory;
    }

    static NetworkFixture start(UnaryOperator<NetworkConfig.Builder> settings, List<Deployment> deployments) {
        NetworkFixture fixture = new NetworkFixture(temporaryDirectory());
        try {
            NetworkConfig.Builder builder = settings.apply(NetworkConfig.in(fixture.directory));
            NetworkConfig planned = builder.build();
            List<String> peers = planned.peers(planned.channels().getFirst()).stream()
                    .map(PeerId::key)
                    .toList();
            for (Deployment chaincode : deployments) {
                InProcessChaincode inProcess =
                        InProcessChaincode.of(chaincode.name(), "1", chaincode.policy(), peers, chaincode.factory());
                fixture.chaincodes.add(inProcess);
                builder.chaincode(inProcess.config().withCollections(chaincode.collections()));
            }
            fixture.open(builder.build());
            return fixture;
        } catch (RuntimeException e) {
            fixture.close();
            throw e;
        }
    }

    private void open(NetworkConfig config) {
        EmbeddedNetwork opened = EmbeddedNetwork.start(config);
        network = opened;
        chaincodes.forEach(chaincode -> chaincode.runIn(opened));
    }

    EmbeddedNetwork network() {
        return Objects.requireNonNull(network, "the network is closed");
    }

    /** Connected once per organisation and name, closed with the network. */
    synchronized NetworkClient client(String mspId, String userName) {
        return clients.computeIfAbsent(
                mspId + "/" + userName, key -> NetworkClient.connect(network(), mspId, userName));
    }

    /** Closes the network, calls something with its files at rest, and starts it again with the same chaincodes. */
    void restart(NetworkConfig config, Runnable meanwhile) {
        closeNetwork();
        meanwhile.run();
        open(config);
    }

    private synchronized void closeNetwork() {
        clients.values().forEach(NetworkClient::close);
        clients.clear();
        if (network != null) {
            network.close();
            network = null;
        }
    }

    @Override
    public void close() {
        closeNetwork();
        try {
            deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the network's temporary directory stays: " + directory, e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("clearmarket-network-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory", e);
        }
    }

    private static void deleteRecursively(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
