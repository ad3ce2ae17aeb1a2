package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clearmarket.network.ProfileMain;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.ChannelSettings;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.wallet.ca.NodeOu;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code clearmarket profile} says of networks, by their own connection profiles. */
@Timeout(240)
class ProfileTest {
    private static final String READER = "reader";

    @TempDir
    Path directory;

    private @Nullable EmbeddedNetwork network;

    private record Said(int code, String text) {
        List<String> missing() {
            return text.lines()
                    .filter(line -> line.startsWith("MISSING"))
                    .map(line -> line.substring("MISSING".length()).strip())
                    .toList();
        }
    }

    @AfterEach
    void stop() {
        if (network != null) {
            network.close();
        }
    }

    private EmbeddedNetwork start(UnaryOperator<NetworkConfig.Builder> change) {
        EmbeddedNetwork started = EmbeddedNetwork.start(
                change.apply(NetworkConfig.in(directory.resolve("network"))).build());
        network = started;
        started.issue("PlatformMSP", READER, NodeOu.CLIENT, Map.of());
        return started;
    }

    /** On a network with this chaincode, run by the market's own service. */
    private EmbeddedNetwork with(ChaincodeConfig chaincode) {
        EmbeddedNetwork started = start(builder -> builder.chaincode(chaincode));
        started.host(chaincode, () -> new MarketService(chaincode.packageId()));
        return started;
    }

    private static ChaincodeConfig market(String version, String policy, List<String> peers) {
        return new ChaincodeConfig(
                "market",
                version,
                policy,
                peers.stream().collect(Collectors.toMap(peer -> peer, peer -> "here/" + version + "/" + peer)));
    }

    private static ChaincodeConfig right() {
        return market("1.0", ChaincodeConfig.MARKET_POLICY, NetworkConfig.DEFAULT_ORGANIZATIONS);
    }

    private static Said profile(EmbeddedNetwork network, Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                file.toString(),
                "--msp-id",
                "PlatformMSP",
                "--msp",
                network.userDirectory("PlatformMSP", READER).toString()));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        CommandLine command = new CommandLine(new ProfileMain());
        command.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        return new Said(command.execute(arguments.toArray(String[]::new)), text.toString());
    }

    private static Said profile(EmbeddedNetwork network) {
        return profile(network, network.connectionProfile());
    }

    @Test
    void nothing_is_missing_where_the_markets_chaincode_runs() throws Exception {
        EmbeddedNetwork running = with(right());

        Said said = profile(
                running,
                running.connectionProfile(),
                "--write",
                directory.resolve("written").toString());

        assertThat(said.missing()).as(said.text()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.text())
                .contains("chaincode market 1.0, sequence 1")
                .contains("the peer of AuditMSP runs the chaincode")
                .contains("nothing is missing");
        JsonNode written = JsonMapper.shared().readTree(Files.readString(directory.resolve("written/network.json")));
        assertThat(written.path("channel").asString()).isEqualTo("market");
        assertThat(written.path("organizations"))
                .extracting(
                        organization -> organization.path("mspId").asString(),
                        organization -> organization.path("peerAddress").asString())
                .containsExactlyElementsOf(running.organizations().stream()
                        .map(organization -> tuple(organization.mspId(), organization.peerAddress()))
                        .toList());
    }

    @Test
    void a_network_without_the_chaincode_is_told_how_to_get_it() {
        Said said = profile(start(builder -> builder));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.missing()).containsExactly("chaincode market is not defined on market");
        assertThat(said.text()).contains(ChaincodeConfig.MARKET_POLICY).contains("1 missing");
    }

    @Test
    void another_policy_and_another_version_are_found() {
        String two = "OutOf(2,'PlatformMSP.peer','MerchantsMSP.peer','AuditMSP.peer')";
        Said said = profile(with(market("0.9", two, NetworkConfig.DEFAULT_ORGANIZATIONS)));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.missing()).hasSize(2);
        assertThat(said.missing().getFirst()).isEqualTo("chaincode market is of version 0.9");
        assertThat(said.missing().getLast())
                .startsWith("its policy is not the market's: ")
                .contains("PlatformMSP", "MerchantsMSP")
                .endsWith(" alone");
    }

    @Test
    void an_organisation_that_is_not_on_the_channel_is_found_whichever_is_asked_first() {
        List<String> two = List.of("AuditMSP", "PlatformMSP");
        ChaincodeConfig chaincode = market("1.0", ChaincodeConfig.MARKET_POLICY, two);
        EmbeddedNetwork running = start(builder -> builder.organization("MerchantsMSP", 0)
                .organization("AuditMSP", 0)
                .organization("PlatformMSP", 0)
                .channelMembers(two)
                .chaincode(chaincode)
                .anotherChannel(ChannelSettings.of("aside", List.of("MerchantsMSP"))));
        running.host(chaincode, () -> new MarketService(chaincode.packageId()));

        Said said = profile(running);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.missing())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("channel market can't be read: ")
                        .contains("MerchantsMSP"))
                .contains("channel market lacks [MerchantsMSP]")
                .hasSize(2);
        assertThat(said.text()).contains("the peer of AuditMSP runs the chaincode");
    }

    @Test
    void an_organisation_that_the_profile_does_not_name_is_found() throws IOException {
        EmbeddedNetwork running = with(right());
        ObjectNode profile = (ObjectNode) JsonMapper.shared().readTree(Files.readString(running.connectionProfile()));
        ((ObjectNode) profile.path("organizations")).remove("AuditMSP");
        Path file = Files.writeString(directory.resolve("two.json"), profile.toString());

        Said said = profile(running, file);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.missing()).containsExactly("the profile names no peer of AuditMSP");
    }

    @Test
    void a_peer_without_the_chaincode_and_a_peer_that_is_down_are_found() {
        Map<String, String> servers = new HashMap<>(right().servers());
        servers.remove("MerchantsMSP");
        EmbeddedNetwork running = with(right().withServers(servers));
        running.faults().stopPeer("PlatformMSP");

        Said said = profile(running);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.missing())
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line).startsWith("channel market can't be read: the peer of PlatformMSP"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("the peer of MerchantsMSP does not run the chaincode: "));
    }

    @Test
    void a_file_that_is_no_profile_is_refused_in_a_sentence() throws IOException {
        EmbeddedNetwork running = start(builder -> builder);
        Path file = Files.writeString(directory.resolve("none.yaml"), "channels: {}\n");

        Said said = profile(running, file);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).isEqualToIgnoringNewLines("clearmarket: the profile has no peers, or it is no mapping");
    }
}
