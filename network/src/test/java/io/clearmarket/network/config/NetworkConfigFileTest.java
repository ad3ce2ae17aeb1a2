package io.clearmarket.network.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ChannelSettings;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.embedded.OrganizationSettings;
import io.clearmarket.network.embedded.peer.PeerLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkConfigFileTest {
    private static final String WHOLE = """
            data: net
            ordererPort: 7050
            mutualTls: true
            executeTimeout: 1m30s
            limits: {gateway: 7}
            organizations:
              - mspId: Org1MSP
                ports: [7051, 7061]
              - mspId: Org2MSP
                crypto: crypto/org2
            channels:
              - name: trade
                batch: {timeout: 250ms, maxMessages: 7}
                chaincodes:
                  - {name: assets, version: 1, run: ./assets}
              - name: quiet
                organizations: [Org2MSP]
                chaincodes:
                  - {name: assets, version: 1, policy: "OR('Org2MSP.peer')"}
            """;

    @TempDir
    Path directory;

    @Test
    void a_file_describes_what_the_builder_does() throws Exception {
        NetworkConfigFile read = read(WHOLE);

        NetworkConfig expected = NetworkConfig.in(directory.resolve("net"))
                .ordererPort(7050)
                .mutualTls()
                .executeTimeout(Duration.ofSeconds(90))
                .limits(new PeerLimits(2500, 2500, 7))
                .organization(OrganizationSettings.of("Org1MSP", 7051).andPeer(7061))
                .organization(OrganizationSettings.of("Org2MSP", 0).withCrypto(directory.resolve("crypto/org2")))
                .channel("trade")
                .batch(NetworkConfig.Batch.QUICK
                        .withTimeout(Duration.ofMillis(250))
                        .withMaxMessages(7))
                .chaincode(read.network().chaincodes().getFirst())
                .anotherChannel(ChannelSettings.of("quiet", List.of("Org2MSP"))
                        .with(read.network().channels().get(1).chaincodes().getFirst()))
                .build();
        assertThat(read.network()).isEqualTo(expected);
    }

    @Test
    void one_package_runs_once_for_each_peer_on_however_many_channels() throws Exception {
        NetworkConfigFile read = read(WHOLE);

        assertThat(read.programs()).singleElement().satisfies(program -> {
            assertThat(program.command()).hasValue("./assets");
            assertThat(program.chaincode().servers()).containsOnlyKeys("Org1MSP", "Org1MSP/peer1", "Org2MSP");
        });
        ChannelSettings quiet = read.network().channels().get(1);
        assertThat(read.programs().getFirst().chaincode().servers())
                .containsAllEntriesOf(quiet.chaincodes().getFirst().servers());
    }

    @Test
    void chaincodes_that_dial_a_peer_share_its_door_and_have_no_jar() throws Exception {
        NetworkConfigFile read = read("""
                data: net
                organizations: [{mspId: Org1MSP}]
                channels:
                  - name: trade
                    chaincodes:
                      - {name: assets, version: 1, dialsPeer: true, run: ./assets}
                      - {name: prices, version: 2, dialsPeer: true}
                """);

        List<ChaincodeConfig> chaincodes = read.network().chaincodes();
        assertThat(chaincodes).extracting(ChaincodeConfig::packageId).containsExactly("assets:1", "prices:2");
        assertThat(chaincodes.getFirst().servers())
                .isEqualTo(chaincodes.getLast().servers());
        assertThatThrownBy(() -> read("""
                data: net
                channels: [{name: trade, chaincodes: [{name: assets, version: 1, dialsPeer: true, jar: a.jar}]}]
                """)).hasMessageContaining("not by a jar for all");
    }

    @Test
    void an_almost_empty_file_is_the_usual_network() throws Exception {
        assertThat(read("data: net").network())
                .isEqualTo(NetworkConfig.in(directory.resolve("net")).build());
    }

    @Test
    void mistakes_are_named_with_the_file() {
        assertThatThrownBy(() -> read("data: net\norganisations: []"))
                .hasMessageContaining("network.yaml")
                .hasMessageContaining("organisations");
        assertThatThrownBy(() -> read("data: net\norganizations: [{mspId: A, peers: two}]"))
                .hasMessageContaining("network.yaml")
                .hasMessageContaining("peers");
        assertThatThrownBy(() -> read("data: net\nchannels: [{name: trade, organizations: [Nobody]}]"))
                .hasMessageContaining("has organisation Nobody");
        assertThatThrownBy(() -> read("data: net\nchannels: [{name: trade, organizations: [AuditMSP]}]"))
                .hasMessageContaining("the peers of PlatformMSP are on no channel");
        assertThatThrownBy(() -> read("organizations: [{mspId: A}]")).hasMessageContaining("data");
        assertThatThrownBy(() -> read("data: net\nexecuteTimeout: soon")).hasMessageContaining("no duration");
        assertThatThrownBy(() -> read("a: [")).hasMessageContaining("is not YAML");
    }

    private NetworkConfigFile read(String text) throws Exception {
        Path file = directory.resolve("network.yaml");
        Files.writeString(file, text);
        return NetworkConfigFile.read(file, null);
    }
}
