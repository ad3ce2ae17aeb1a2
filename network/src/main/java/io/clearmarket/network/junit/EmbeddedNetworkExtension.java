package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.CollectionConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
 * and everything in a temporary directory. {@link EmbeddedFabric} is the shorter form, and can share a network between
 * classes; this one takes factories and settings.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedNetworkExtension network = EmbeddedNetworkExtension.with("orders", OrdersChaincode::new);
 *
 * @Test
 * void an_order_is_placed(Gateway gateway) { ... }
 * }</pre>
 *
 * <p>Parameters are injected as {@link As} says.
 */
public final class EmbeddedNetworkExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final List<NetworkFixture.Deployment> chaincodes = new ArrayList<>();
    private UnaryOperator<NetworkConfig.Builder> settings = UnaryOperator.identity();
    private boolean perTest;
    private @Nullable NetworkFixture fixture;

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
        chaincodes.add(new NetworkFixture.Deployment(chaincode, policy, List.copyOf(collections), factory));
        return this;
    }

    /** Changes the configuration: batch rules, timeouts, organisations. */
    public EmbeddedNetworkExtension configured(UnaryOperator<NetworkConfig.Builder> change) {
        settings = change;
        return this;
    }

    /** The running network. */
    public EmbeddedNetwork network() {
        return fixture().network();
    }

    /** A client of this organisation under this name, connected to its gateway; closed with the network. */
    public NetworkClient client(String mspId, String userName) {
        return fixture().client(mspId, userName);
    }

    /** Closes the network, calls something with its directory, and starts it again there with the same chaincode. */
    public void restart(Runnable meanwhile) {
        restart(network().config(), meanwhile);
    }

    /** The same with another configuration, such as other collections. */
    public void restart(NetworkConfig config, Runnable meanwhile) {
        fixture().restart(config, meanwhile);
    }

    private NetworkFixture fixture() {
        return Objects.requireNonNull(fixture, "the network runs only during tests");
    }

    private void start() {
        fixture = NetworkFixture.start(settings, chaincodes);
    }

    private void stop() {
        if (fixture != null) {
            fixture.close();
            fixture = null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (fixture == null) {
            perTest = true;
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (perTest) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return InjectedParameter.supports(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return InjectedParameter.resolve(parameter, fixture());
    }
}
