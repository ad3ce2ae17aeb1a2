package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where TLS is mutual, a client must show a certificate of one of the organisations' TLS authorities. */
@Timeout(120)
class MutualTlsTest {
    private static final String ORG = "Org1MSP";

    @TempDir
    static Path directory;

    private static EmbeddedNetwork network;

    @BeforeAll
    static void start() {
        network = EmbeddedNetwork.start(NetworkConfig.in(directory.resolve("network"))
                .organization(ORG, 0)
                .mutualTls()
                .build());
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    @Test
    void a_client_with_a_certificate_is_let_in_and_its_block_streams_are_bound_to_it() throws Exception {
        try (NetworkClient client = NetworkClient.connect(network, ORG, "user")) {
            assertThat(height(client)).isEqualTo(1);
            try (var blocks = client.network()
                    .newBlockEventsRequest()
                    .startBlock(0)
                    .build()
                    .getEvents()) {
                assertThat(blocks.next().getHeader().getNumber()).isZero();
            }
        }
    }

    @Test
    void a_client_without_one_is_refused() {
        SigningIdentity user = network.issue(ORG, "user", NodeOu.CLIENT, Map.of());
        try (NetworkClient client = NetworkClient.connect(network, ORG, user)) {
            assertThat(refusal(client)).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void a_client_with_one_of_a_foreign_authority_is_refused() throws Exception {
        SigningIdentity user = network.issue(ORG, "user", NodeOu.CLIENT, Map.of());
        SigningIdentity foreign = DevelopmentCa.create("Elsewhere", "ca").issueTls("user", List.of(), List.of());
        Path tls = Files.createDirectories(directory.resolve("foreign"));
        Files.writeString(tls.resolve("client.crt"), foreign.certificatePem());
        Files.writeString(tls.resolve("client.key"), Pem.encode(foreign.privateKey()));

        try (NetworkClient client = NetworkClient.connect(network, ORG, user, tls)) {
            assertThat(refusal(client)).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    private static long height(NetworkClient client) throws Exception {
        byte[] info = client.contract("qscc").evaluateTransaction("GetChainInfo", "market");
        return BlockchainInfo.parseFrom(info).getHeight();
    }

    private static Status.Code refusal(NetworkClient client) {
        return catchThrowableOfType(GatewayException.class, () -> height(client))
                .getStatus()
                .getCode();
    }
}
