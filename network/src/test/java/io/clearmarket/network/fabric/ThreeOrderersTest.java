package io.clearmarket.network.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.network.fabric.node.FabricBinaries;
import io.clearmarket.network.junit.ChaincodeServers;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md says of an orderer's keys; with Fabric's binaries in FABRIC_BIN or on PATH, skipped where there are none. */
@Timeout(900)
class ThreeOrderersTest {
    private static final String AUDIT = "AuditMSP";
    private static final ChaincodePackage RIG = ChaincodePackage.of("rig", "1", "test");
    private static final ChaincodeTerms TERMS = ChaincodeTerms.of("rig", "1", "OR('AuditMSP.peer')");

    @TempDir
    Path directory;

    private FabricNetwork network;
    private ChaincodeServers servers;

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(
                FabricBinaries.present(), "Fabric's peer and orderer are neither in FABRIC_BIN nor on PATH");
        network = open();
        List<String> addresses = network.chaincodePorts().values().stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
        servers = ChaincodeServers.serve(RIG.id(), addresses, RigChaincode::new);
        network.deploy("market", RIG, TERMS, network.chaincodePorts());
    }

    private FabricNetwork open() {
        return FabricNetwork.startNative(
                FabricConfig.in(directory).withOrganizations(List.of(AUDIT)).withNodes(1, 3),
                FabricBinaries.find(),
                step -> {});
    }

    @AfterEach
    void stop() {
        if (network != null) {
            network.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    private void put(String key) throws Exception {
        try (NetworkClient client = NetworkClient.connect(
                network.organization(AUDIT),
                "market",
                network.ca(AUDIT).issue(CertificateRequest.of("client", NodeOu.CLIENT)))) {
            client.contract("rig").submitTransaction("put", key, "x");
            assertThat(client.contract("rig").evaluateTransaction("get", key))
                    .asString()
                    .isEqualTo("x");
        }
    }

    private Path orderer(int number) {
        return directory.resolve("nodes/orderer" + number + ".OrdererMSP");
    }

    @Test
    void an_orderers_keys_are_replaced_and_the_cluster_needs_it() throws Exception {
        String first = Files.readString(orderer(0).resolve("tls/server-cert.pem"));
        network.renewOrdererTls(0);
        assertThat(orderer(0).resolve("tls/server-cert.pem")).content().isNotEqualTo(first);
        put("renewed");
        // the third is away: nothing is ordered without the first
        network.stopOrderers(1);
        put("needed");

        network.close();
        FabricNetworkContract.delete(orderer(1).resolve("msp"));
        FabricNetworkContract.delete(orderer(1).resolve("tls"));
        network = open();
        network.stopOrderers(1);
        put("lost");

        network.close();
        FabricNetworkContract.delete(orderer(0).resolve("tls"));
        FabricNetworkContract.delete(orderer(1).resolve("tls"));
        assertThatThrownBy(this::open)
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("[orderer0.OrdererMSP, orderer1.OrdererMSP]");
    }
}
