package io.clearmarket.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.organization.OrganizationFolder;
import io.clearmarket.network.fabric.ComposeImages;
import io.clearmarket.network.fabric.FabricConfig;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.network.fabric.node.FabricBinaries;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.junit.jupiter.api.Assumptions;

/**
 * The network below a {@link GatewayTestSystem}, with the market's chaincode: embedded, or of Fabric's own nodes where
 * {@code CLEARMARKET_NETWORK} says native or compose, as {@code ./clearmarket test --network} has it.
 */
abstract class LedgerUnderTest implements AutoCloseable {
    static final String CHANNEL = "market";

    private static final String KIND = System.getenv().getOrDefault("CLEARMARKET_NETWORK", "embedded");
    private static final String VERSION = "1.0";

    /** Starts it in {@code folder/network}, and the chaincode, which is agreed on and listens. */
    static LedgerUnderTest start(Path folder) {
        Path data = folder.resolve("network");
        Path log = folder.resolve("chaincode.log");
        return switch (KIND) {
            case "native" ->
                new OfFabric(FabricNetwork.startNative(FabricConfig.in(data), FabricBinaries.find(), step -> {}), log);
            case "compose" ->
                new OfFabric(
                        FabricNetwork.startCompose(FabricConfig.in(data), ComposeImages.configured(), step -> {}), log);
            default -> new Embedded(data, log);
        };
    }

    abstract List<Organization> organizations();

    abstract SigningIdentity issue(String mspId, String name, Map<String, String> attributes);

    /** MSP folder of an issued identity. */
    abstract Path userDirectory(String mspId, String name);

    /** How many blocks an organisation's peer has. */
    abstract long height(String mspId);

    /** What only an embedded network writes; a test that needs it is skipped elsewhere. */
    abstract Path connectionProfile();

    /**
     * Writes the state that a peer holds in memory, as its next snapshot would.
     *
     * @return false if it holds none that no file of its own has, as Fabric's own peers do
     */
    abstract boolean writeState(String mspId, Path folder) throws Exception;

    @Override
    public abstract void close();

    private static final class Embedded extends LedgerUnderTest {
        private final ChaincodeUnderTest chaincode;
        private final EmbeddedNetwork network;

        Embedded(Path data, Path log) {
            ChaincodeConfig definition = new ChaincodeConfig(
                    CHANNEL,
                    VERSION,
                    ChaincodeConfig.MARKET_POLICY,
                    ChaincodeUnderTest.servers(NetworkConfig.DEFAULT_ORGANIZATIONS));
            chaincode = ChaincodeUnderTest.start(definition.servers().values(), definition.packageId(), log);
            network = EmbeddedNetwork.start(
                    NetworkConfig.in(data).chaincode(definition).build());
            chaincode.awaitListening();
        }

        @Override
        List<Organization> organizations() {
            return network.organizations();
        }

        @Override
        SigningIdentity issue(String mspId, String name, Map<String, String> attributes) {
            return network.issue(mspId, name, NodeOu.CLIENT, attributes);
        }

        @Override
        Path userDirectory(String mspId, String name) {
            return network.userDirectory(mspId, name);
        }

        @Override
        long height(String mspId) {
            return network.height(mspId);
        }

        @Override
        Path connectionProfile() {
            return network.connectionProfile();
        }

        @Override
        boolean writeState(String mspId, Path folder) throws Exception {
            Simulator simulator = network.ledger(mspId).simulate("scan");
            Simulator.Cursor all = simulator.range(CHANNEL, "", "");
            try (OutputStream out = Files.newOutputStream(folder.resolve("state"))) {
                Simulator.Batch batch;
                do {
                    batch = all.next();
                    for (KV entry : batch.results()) {
                        out.write(entry.toByteArray());
                    }
                } while (batch.hasMore());
                return true;
            } finally {
                all.close();
                simulator.close();
            }
        }

        @Override
        public void close() {
            network.close();
            chaincode.close();
        }
    }

    private static final class OfFabric extends LedgerUnderTest {
        private final FabricNetwork network;
        private final ChaincodeUnderTest chaincode;

        OfFabric(FabricNetwork network, Path log) {
            this.network = network;
            ChaincodePackage market = ChaincodePackage.of(CHANNEL, VERSION, "test");
            List<String> servers = network.chaincodePorts().values().stream()
                    .map(port -> "127.0.0.1:" + port)
                    .toList();
            chaincode = ChaincodeUnderTest.start(servers, market.id(), log);
            chaincode.awaitListening();
            network.deploy(
                    CHANNEL,
                    market,
                    ChaincodeTerms.of(CHANNEL, VERSION, ChaincodeConfig.MARKET_POLICY),
                    network.chaincodePorts());
        }

        private OrganizationFolder folder(String mspId) {
            return OrganizationFolder.open(
                    network.config().dataDirectory().resolve("organizations").resolve(mspId), mspId);
        }

        @Override
        List<Organization> organizations() {
            return network.config().mspIds().stream().map(network::organization).toList();
        }

        @Override
        SigningIdentity issue(String mspId, String name, Map<String, String> attributes) {
            return folder(mspId).user(name, NodeOu.CLIENT, attributes);
        }

        @Override
        Path userDirectory(String mspId, String name) {
            return folder(mspId).userDirectory(name);
        }

        @Override
        long height(String mspId) {
            SigningIdentity reader = issue(mspId, "height", Map.of());
            try (NetworkClient client = NetworkClient.connect(network.organization(mspId), CHANNEL, reader)) {
                return BlockchainInfo.parseFrom(client.contract("qscc").evaluateTransaction("GetChainInfo", CHANNEL))
                        .getHeight();
            } catch (GatewayException | InvalidProtocolBufferException e) {
                throw new IllegalStateException("the peer of " + mspId + " does not tell its height", e);
            }
        }

        @Override
        Path connectionProfile() {
            return Assumptions.abort("Fabric's own nodes write no connection profile");
        }

        @Override
        boolean writeState(String mspId, Path folder) {
            return false;
        }

        @Override
        public void close() {
            network.close();
            chaincode.close();
        }
    }
}
