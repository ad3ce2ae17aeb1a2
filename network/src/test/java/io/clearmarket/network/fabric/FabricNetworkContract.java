package io.clearmarket.network.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.network.fabric.lifecycle.ChaincodePackage;
import io.clearmarket.network.fabric.lifecycle.ChaincodeTerms;
import io.clearmarket.network.junit.ChaincodeServers;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a network of Fabric's own nodes does, however they are run. */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FabricNetworkContract {
    private static final ChaincodePackage RIG = ChaincodePackage.of("rig", "1", "test");

    private Path directory = Path.of("");

    private @Nullable FabricNetwork running;
    private @Nullable ChaincodeServers servers;
    private @Nullable ChaincodeServers moreServers;

    /** Why there can be no such network here. */
    abstract Optional<String> unavailable();

    abstract FabricNetwork open(FabricConfig config);

    private FabricNetwork network() {
        return Objects.requireNonNull(running);
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        directory = folder;
        Optional<String> why = unavailable();
        Assumptions.assumeTrue(why.isEmpty(), () -> why.orElse(""));
        FabricNetwork network = open(FabricConfig.in(directory));
        running = network;
        List<String> addresses = new ArrayList<>();
        network.chaincodePorts().values().forEach(port -> addresses.add("127.0.0.1:" + port));
        servers = ChaincodeServers.serve(RIG.id(), addresses, RigChaincode::new);
        network.deploy("market", RIG, terms("1"), network.chaincodePorts());
    }

    private static ChaincodeTerms terms(String version) {
        return ChaincodeTerms.of("rig", version, ChaincodeConfig.MARKET_POLICY);
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
        if (servers != null) {
            servers.close();
        }
        if (moreServers != null) {
            moreServers.close();
        }
    }

    private NetworkClient client(String mspId) {
        return client(network().organization(mspId));
    }

    private NetworkClient client(Organization organization) {
        return NetworkClient.connect(
                organization,
                "market",
                network().ca(organization.mspId()).issue(CertificateRequest.of("client", NodeOu.CLIENT)));
    }

    private static Organization at(Organization organization, NodePlan.Node peer) {
        return new Organization(
                organization.mspId(),
                peer.address(),
                organization.tlsCaCertificate(),
                organization.tlsCaFile(),
                organization.mspDirectory());
    }

    private static TxValidationCode endorsedBy(Contract contract, String key, String... mspIds) throws Exception {
        Status status = contract.newProposal("put")
                .addArguments(key, "x")
                .setEndorsingOrganizations(mspIds)
                .build()
                .endorse()
                .submitAsync()
                .getStatus();
        return status.getCode();
    }

    @Test
    @Order(1)
    void what_one_organisation_commits_another_reads() throws Exception {
        try (NetworkClient platform = client("PlatformMSP");
                NetworkClient audit = client("AuditMSP")) {
            platform.contract("rig").submitTransaction("put", "shared", "1");
            // its own block comes after that one, so the auditor's peer has both when it is committed
            audit.contract("rig").submitTransaction("put", "other", "2");
            assertThat(audit.contract("rig").evaluateTransaction("get", "shared"))
                    .isEqualTo("1".getBytes(UTF_8));
        }
    }

    @Test
    @Order(2)
    void the_platform_and_the_merchants_together_commit_nothing_but_each_does_with_the_auditor() throws Exception {
        try (NetworkClient platform = client("PlatformMSP")) {
            Contract contract = platform.contract("rig");
            assertThat(endorsedBy(contract, "cabal", "PlatformMSP", "MerchantsMSP"))
                    .isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
            assertThat(contract.evaluateTransaction("get", "cabal")).isEmpty();
            assertThat(endorsedBy(contract, "honest", "PlatformMSP", "AuditMSP"))
                    .isEqualTo(TxValidationCode.VALID);
            assertThat(endorsedBy(contract, "honest", "MerchantsMSP", "AuditMSP"))
                    .isEqualTo(TxValidationCode.VALID);
        }
    }

    @Test
    @Order(3)
    void a_new_version_is_agreed_on_while_the_network_runs() throws Exception {
        network().deploy("market", RIG, terms("2"), network().chaincodePorts());
        try (NetworkClient merchants = client("MerchantsMSP")) {
            assertThat(merchants.contract("rig").submitTransaction("add", "counter", "3"))
                    .isEqualTo("3".getBytes(UTF_8));
        }
    }

    @Test
    @Order(4)
    void a_peer_that_was_away_catches_up() throws Exception {
        network().stopPeer("MerchantsMSP");
        try (NetworkClient platform = client("PlatformMSP")) {
            assertThat(endorsedBy(platform.contract("rig"), "meanwhile", "PlatformMSP", "AuditMSP"))
                    .isEqualTo(TxValidationCode.VALID);
        }
        network().startPeer("MerchantsMSP");
        try (NetworkClient merchants = client("MerchantsMSP")) {
            merchants.contract("rig").submitTransaction("put", "later", "1");
            assertThat(merchants.contract("rig").evaluateTransaction("get", "meanwhile"))
                    .isEqualTo("x".getBytes(UTF_8));
        }
    }

    @Test
    @Order(5)
    void everything_is_there_after_a_restart() throws Exception {
        network().close();
        running = open(FabricConfig.in(directory));
        // nothing new to agree on: no block is written for it
        network().deploy("market", RIG, terms("2"), network().chaincodePorts());
        try (NetworkClient audit = client("AuditMSP")) {
            assertThat(audit.contract("rig").evaluateTransaction("get", "shared"))
                    .isEqualTo("1".getBytes(UTF_8));
            assertThat(audit.contract("rig").submitTransaction("add", "counter", "4"))
                    .isEqualTo("7".getBytes(UTF_8));
        }
    }

    /** What docs/operations.md says of a peer's key. */
    @Test
    @Order(6)
    void a_peer_whose_keys_were_lost_goes_on_with_new_ones() throws Exception {
        Path node = directory.resolve("nodes/peer0.MerchantsMSP");
        byte[] lost = Files.readAllBytes(node.resolve("tls/server-cert.pem"));
        network().close();
        delete(node.resolve("msp"));
        delete(node.resolve("tls"));
        running = open(FabricConfig.in(directory));
        assertThat(Files.readAllBytes(node.resolve("tls/server-cert.pem"))).isNotEqualTo(lost);
        try (NetworkClient merchants = client("MerchantsMSP")) {
            assertThat(endorsedBy(merchants.contract("rig"), "renewed", "MerchantsMSP", "AuditMSP"))
                    .isEqualTo(TxValidationCode.VALID);
        }
    }

    /** What docs/operations.md says of a user's key. */
    @Test
    @Order(7)
    void a_revoked_user_is_refused_when_the_list_is_in_the_channels_configuration() throws Exception {
        SigningIdentity thief = network().ca("PlatformMSP").issue(CertificateRequest.of("thief", NodeOu.CLIENT));
        try (NetworkClient client = NetworkClient.connect(network().organization("PlatformMSP"), "market", thief);
                NetworkClient other = client("PlatformMSP")) {
            client.contract("rig").submitTransaction("put", "k", "before");
            ByteString revoked =
                    ByteString.copyFrom(network().ca("PlatformMSP").revocationList(List.of(thief.certificate())));
            network()
                    .update("market", ConfigEdits.revocations("PlatformMSP", List.of(revoked)), List.of("PlatformMSP"));

            assertThatExceptionOfType(GatewayException.class)
                    .isThrownBy(() -> client.contract("rig").submitTransaction("put", "k", "after"));
            other.contract("rig").submitTransaction("put", "k", "by another");
        }
    }

    /** What docs/operations.md says of several peers. */
    @Test
    @Order(8)
    void every_organisation_gets_a_second_peer_that_fetches_everything_and_endorses() throws Exception {
        network().close();
        running = open(FabricConfig.in(directory).withNodes(2, 1));
        NodePlan plan = NodePlan.founded(directory).orElseThrow();
        List<NodePlan.Node> added = plan.peers().stream()
                .filter(peer -> peer.name().equals("peer1"))
                .toList();
        moreServers = ChaincodeServers.serve(
                RIG.id(), added.stream().map(NodePlan.Node::chaincode).toList(), RigChaincode::new);
        network().deploy("market", RIG, terms("2"), network().chaincodePorts());

        NodePlan.Node audit = added.getLast();
        network().stopPeer(audit.mspId());
        try (NetworkClient client = client(at(network().organization(audit.mspId()), audit))) {
            assertThat(client.contract("rig").evaluateTransaction("get", "shared"))
                    .isEqualTo("1".getBytes(UTF_8));
            // the auditor's first peer is away
            assertThat(endorsedBy(client.contract("rig"), "grown", "AuditMSP", "MerchantsMSP"))
                    .isEqualTo(TxValidationCode.VALID);
        }
    }

    /** What docs/operations.md says of a backup. */
    @Test
    @Order(9)
    void a_copy_of_the_folder_starts_at_another_path(@TempDir Path elsewhere) throws Exception {
        network().close();
        Path backup = elsewhere.resolve("backup");
        copy(directory, backup);
        delete(directory);
        running = open(FabricConfig.in(backup).withNodesAsFounded());
        try (NetworkClient audit = client("AuditMSP")) {
            assertThat(audit.contract("rig").evaluateTransaction("get", "shared"))
                    .isEqualTo("1".getBytes(UTF_8));
            audit.contract("rig").submitTransaction("put", "restored", "x");
        } finally {
            network().close();
            running = null;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
