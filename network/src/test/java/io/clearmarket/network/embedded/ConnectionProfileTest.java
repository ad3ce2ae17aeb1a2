package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.identity.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConnectionProfileTest {
    @Test
    void has_the_form_that_fabrics_tools_read(@TempDir Path directory) throws Exception {
        try (EmbeddedNetwork network =
                EmbeddedNetwork.start(NetworkConfig.in(directory).build())) {
            JsonNode profile = JsonMapper.shared().readTree(Files.readString(network.connectionProfile()));

            assertThat(profile.path("version").asString()).isEqualTo("1.0.0");
            for (Organization organization : network.organizations()) {
                JsonNode entry = profile.path("organizations").path(organization.mspId());
                assertThat(entry.path("mspid").asString()).isEqualTo(organization.mspId());
                String peer = entry.path("peers").path(0).asString();
                JsonNode node = profile.path("peers").path(peer);
                assertThat(node.path("url").asString()).isEqualTo("grpcs://" + organization.peerAddress());
                assertThat(Pem.certificate(node.path("tlsCACerts").path("pem").asString()))
                        .isEqualTo(organization.tlsCaCertificate());
                assertThat(profile.path("channels").path("market").path("peers").has(peer))
                        .isTrue();
            }
            String orderer = profile.path("channels")
                    .path("market")
                    .path("orderers")
                    .path(0)
                    .asString();
            assertThat(profile.path("orderers").path(orderer).path("url").asString())
                    .isEqualTo("grpcs://" + network.ordererAddress());
        }
    }
}
