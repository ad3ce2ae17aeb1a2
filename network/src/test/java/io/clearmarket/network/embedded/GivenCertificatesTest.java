package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A network of organisations whose certificates were made elsewhere, in cryptogen's folders. */
@Timeout(120)
class GivenCertificatesTest {
    private static final String ORG = "Org1MSP";
    private static final String DOMAIN = "org1.example.com";

    @TempDir
    Path directory;

    private final DevelopmentCa ca = DevelopmentCa.create(DOMAIN, "ca." + DOMAIN);
    private final DevelopmentCa tlsCa = DevelopmentCa.create(DOMAIN, "tlsca." + DOMAIN);

    @Test
    void its_peer_and_users_are_the_given_ones_and_nothing_is_issued_without_the_authoritys_key() throws Exception {
        Path given = given();
        try (EmbeddedNetwork network = EmbeddedNetwork.start(config(given));
                NetworkClient client =
                        NetworkClient.connect(network, ORG, network.issue(ORG, "User1", NodeOu.CLIENT, Map.of()))) {
            assertThat(network.issue(ORG, "User1", NodeOu.CLIENT, Map.of()).certificate())
                    .isEqualTo(MspFolder.read(ORG, given.resolve("users/User1@" + DOMAIN + "/msp"))
                            .certificate());
            assertThat(client.contract("qscc").evaluateTransaction("GetChainInfo", "market"))
                    .isNotEmpty();
            assertThat(network.organization(ORG).tlsCaCertificate()).isEqualTo(tlsCa.certificate());
            assertThatThrownBy(() -> network.issue(ORG, "another", NodeOu.CLIENT, Map.of()))
                    .hasMessageContaining("nothing more can be issued");
        }
    }

    @Test
    void what_becomes_of_the_given_folder_later_does_not_matter() throws Exception {
        Path given = given();
        EmbeddedNetwork.start(config(given)).close();
        Files.delete(given.resolve("msp/cacerts/ca-cert.pem"));

        EmbeddedNetwork.start(config(given)).close();
    }

    @Test
    void a_folder_that_is_no_organisations_is_named() {
        assertThatThrownBy(() -> EmbeddedNetwork.start(config(directory.resolve("nowhere"))))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("nowhere has no certificate of its authority");
    }

    private NetworkConfig config(Path given) {
        return NetworkConfig.in(directory.resolve("network"))
                .organization(OrganizationSettings.of(ORG, 0).withCrypto(given))
                .build();
    }

    private Path given() throws Exception {
        Path root = directory.resolve(DOMAIN);
        MspFolder.writeOrganisation(root.resolve("msp"), ca.certificate(), tlsCa.certificate());
        write(root.resolve("ca/ca." + DOMAIN + "-cert.pem"), Pem.encode(ca.certificate()));
        write(root.resolve("tlsca/tlsca." + DOMAIN + "-cert.pem"), Pem.encode(tlsCa.certificate()));
        Path peer = root.resolve("peers/peer0." + DOMAIN);
        member(peer, "peer0." + DOMAIN, NodeOu.PEER);
        SigningIdentity server = tlsCa.issueTls("peer0." + DOMAIN, List.of("localhost"), List.of("127.0.0.1"));
        write(peer.resolve("tls/server.crt"), server.certificatePem());
        write(peer.resolve("tls/server.key"), Pem.encode(server.privateKey()));
        member(root.resolve("users/Admin@" + DOMAIN), "Admin@" + DOMAIN, NodeOu.ADMIN);
        member(root.resolve("users/User1@" + DOMAIN), "User1@" + DOMAIN, NodeOu.CLIENT);
        return root;
    }

    private void member(Path folder, String name, NodeOu role) {
        MspFolder.write(
                folder.resolve("msp"),
                ca.issue(CertificateRequest.of(name, role)),
                ca.certificate(),
                tlsCa.certificate());
    }

    private static void write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
