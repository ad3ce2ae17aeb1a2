package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.fabric.FabricConfig;
import io.clearmarket.network.fabric.FabricNetwork;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.network.fabric.node.FabricBinaries;
import io.clearmarket.network.junit.ChaincodeServers;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;

/** On Fabric's own peers and orderer, where FABRIC_BIN or PATH has them. */
class CabalOnNativeTest extends CabalContract {
    private static final ChaincodePackage MARKET = ChaincodePackage.of("market", "1", "test");

    private @Nullable FabricNetwork running;
    private @Nullable ChaincodeServers servers;

    @Override
    void open(Path folder) {
        Assumptions.assumeTrue(
                FabricBinaries.present(), "Fabric's peer and orderer are neither in FABRIC_BIN nor on PATH");
        FabricNetwork network = FabricNetwork.startNative(FabricConfig.in(folder), FabricBinaries.find(), step -> {});
        running = network;
        List<String> addresses = network.chaincodePorts().values().stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
        servers =
                ChaincodeServers.serve(MARKET.id(), addresses, () -> new MarketChaincode("market", Clock.systemUTC()));
        network.deploy(
                "market",
                MARKET,
                ChaincodeTerms.of("market", "1", ChaincodeConfig.MARKET_POLICY),
                network.chaincodePorts());
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    @Override
    Organization organization(String mspId) {
        return Objects.requireNonNull(running).organization(mspId);
    }

    @Override
    SigningIdentity issue(String mspId, String name, Role role) {
        return Objects.requireNonNull(running)
                .ca(mspId)
                .issue(CertificateRequest.of(name, NodeOu.CLIENT)
                        .withAttribute(Role.ATTRIBUTE, role.name().toLowerCase(Locale.ROOT)));
    }
}
