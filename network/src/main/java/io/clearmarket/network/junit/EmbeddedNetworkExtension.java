package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.shim.Chaincode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class (static field) or each test (instance field) a network of its own, with chaincode in the same process
 * and everything in a temporary directory.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedNetworkExtension network = EmbeddedNetworkExtension.with("orders", OrdersChaincode::new);
 *
 * @Test
 * void an_order_is_placed(Gateway gateway) { ... }
 * }</pre>
 *
 * <p>Parameters of type {@link EmbeddedNetwork} and {@link Gateway} (a client of the first organisation) are injected.
 */
public final class EmbeddedNetworkExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private record HostedConfig(
            String name, String policy, List<CollectionConfig> collections, Supplier<? extends Chaincode> factory) {}

    private final List<HostedConfig> chaincodes = new ArrayList<>();
    private final List<ChaincodeHost> hosts = new ArrayList<>();
    private final Map<String, NetworkClient> clients = new LinkedHashMap<>();
    private UnaryOperator<NetworkConfig.Builder> settings = UnaryOperator.identity();
    private boolean perTest;
    private @Nullable Path directory;
    private @Nullable EmbeddedNetwork network;

    private EmbeddedNetworkExtension() {}

    /** The default organisations, and one chaincode under the market's policy. */
    public static EmbeddedNetworkExtension with(String chaincode, Supplier<? extends Chaincode> factory) {
        return new EmbeddedNetworkExtension().and(chaincode, ChaincodeConfig.MARKET_POLICY, factory);
    }

    /** One chaincode more; the factory is called once per peer. */
    public EmbeddedNetworkExtension and(String chaincode, String policy, Supplier<? extends Chaincode> factory) {
        return and(chaincode, policy, List.of(), factory);
    }

    /** One chaincode more, with private data collections. */
    public EmbeddedNetworkExtension and(
            String chaincode,
            String policy,
            List<CollectionConfig> collections,
            Supplier<? extends Chaincode> factory) {
        chaincodes.add(new HostedConfig(chaincode, policy, List.copyOf(collections), factory));
        return this;
    }

    /** Changes the configuration: batch rules, timeouts, organisations. */
    public EmbeddedNetworkExtension configured(UnaryOperator<NetworkConfig.Builder> change) {
        settings = change;
        return this;
    }

    /** The running network. */
    public EmbeddedNetwork network() {
        return Objects.requireNonNull(network, "the network runs only during tests");
    }

    /** A client of this organisation under this name, connected to its gateway; closed with the network. */
    public synchronized NetworkClient client(String mspId, String userName) {
        return clients.computeIfAbsent(
                mspId + "/" + userName, key -> NetworkClient.connect(network(), mspId, userName));
    }

    /** Closes the network, calls something with its directory, and starts it again there with the same chaincode. */
    public void restart(Runnable meanwhile) {
        restart(network().config(), meanwhile);
    }

    /** The same with another configuration, such as other collections. */
    public void restart(NetworkConfig config, Runnable meanwhile) {
        closeClients();
        network().close();
        meanwhile.run();
        network = EmbeddedNetwork.start(config);
    }

    private void start() {
        try {
            Path data = Files.createTempDirectory("clearmarket-network-");
            directory = data;
            NetworkConfig.Builder builder = settings.apply(NetworkConfig.in(data));
            List<String> mspIds = builder.build().mspIds();
            for (HostedConfig chaincode : chaincodes) {
                ChaincodeHost host =
                        ChaincodeHost.start(chaincode.name(), "1", chaincode.policy(), mspIds, chaincode.factory());
                hosts.add(host);
                builder.chaincode(host.config().withCollections(chaincode.collections()));
            }
            network = EmbeddedNetwork.start(builder.build());
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory", e);
        }
    }

    private synchronized void closeClients() {
        clients.values().forEach(NetworkClient::close);
        clients.clear();
    }

    private void stop() throws IOException {
        closeClients();
        if (network != null) {
            network.close();
            network = null;
        }
        hosts.forEach(ChaincodeHost::close);
        hosts.clear();
        if (directory != null) {
            deleteRecursively(directory);
            directory = null;
        }
    }

    private static void deleteRecursively(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (network == null) {
            perTest = true;
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (perTest) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return RESOLVERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(RESOLVERS.get(parameter.getParameter().getType()))
                .apply(this);
    }

    private static final Map<Class<?>, Function<EmbeddedNetworkExtension, Object>> RESOLVERS = Map.of(
            EmbeddedNetwork.class,
            EmbeddedNetworkExtension::network,
            Gateway.class,
            extension -> extension
                    .client(extension.network().config().mspIds().getFirst(), "user")
                    .gateway());
}
