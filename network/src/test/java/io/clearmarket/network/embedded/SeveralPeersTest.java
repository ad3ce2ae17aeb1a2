package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.protos.peer.ChannelInfo;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three organisations with two peers each; one channel of all, another of two of them, the same chaincode on both. */
@Timeout(180)
class SeveralPeersTest {
    private static final String PLATFORM = "PlatformMSP";
    private static final String MERCHANTS = "MerchantsMSP";
    private static final String AUDIT = "AuditMSP";
    private static final String OTHER = "other";

    @TempDir
    static Path directory;

    private static ChaincodeHost rigs;
    private static EmbeddedNetwork network;
    private static NetworkClient client;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        NetworkConfig.Builder builder = NetworkConfig.in(directory);
        for (String mspId : List.of(PLATFORM, MERCHANTS, AUDIT)) {
            builder.organization(OrganizationSettings.of(mspId, 0).andPeer(0));
        }
        List<String> peers = builder.build().peers().stream().map(PeerId::key).toList();
        rigs = ChaincodeHost.start("rig", "1", ChaincodeConfig.MARKET_POLICY, peers, RigChaincode::new);
        ChaincodeConfig there = new ChaincodeConfig(
                "rig",
                "1",
                "AND('PlatformMSP.peer','AuditMSP.peer')",
                rigs.config().servers().entrySet().stream()
                        .filter(server -> !server.getKey().startsWith(MERCHANTS))
                        .collect(Collectors.toMap(server -> server.getKey(), server -> server.getValue())));
        network = EmbeddedNetwork.start(builder.chaincode(rigs.config())
                .anotherChannel(
                        ChannelSettings.of(OTHER, List.of(PLATFORM, AUDIT)).with(there))
                .build());
        client = NetworkClient.connect(network, PLATFORM, "user");
    }

    private static Contract market() {
        return client.contract("rig");
    }

    private static Contract other() {
        return client.network(OTHER).getContract("rig");
    }

    @AfterAll
    static void stop() {
        client.close();
        network.close();
        rigs.close();
    }

    @AfterEach
    void all_is_well_again() {
        network.faults().clear();
        network.config().peers().forEach(peer -> network.faults().startPeer(peer.key()));
        network.awaitLevel();
    }

    @Test
    void each_of_six_peers_has_a_ledger_of_its_own_with_the_same_blocks() throws Exception {
        market().submitTransaction("put", key, "x");
        network.awaitLevel();

        List<String> peers =
                List.of(PLATFORM, "PlatformMSP/peer1", MERCHANTS, "MerchantsMSP/peer1", AUDIT, "AuditMSP/peer1");
        assertThat(peers.stream().map(network::ledger).distinct()).hasSize(6);
        assertThat(peers.stream()
                        .map(peer -> Arrays.toString(network.ledger(peer).currentHash()))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void an_organisations_second_peer_is_a_gateway_too() throws Exception {
        try (NetworkClient second = NetworkClient.connect(network, "AuditMSP/peer1", "auditor")) {
            second.contract("rig").submitTransaction("put", key, "through the second");

            assertThat(second.contract("rig").evaluateTransaction("get", key))
                    .asString()
                    .isEqualTo("through the second");
        }
    }

    @Test
    void without_one_of_two_peers_its_organisation_still_endorses_and_it_catches_up() throws Exception {
        network.faults().stopPeer(AUDIT);
        market().submitTransaction("put", key, "while it was away");

        network.faults().startPeer(AUDIT);
        network.awaitLevel();

        try (NetworkClient back = NetworkClient.connect(network, AUDIT, "auditor")) {
            assertThat(back.contract("rig").evaluateTransaction("get", key))
                    .asString()
                    .isEqualTo("while it was away");
        }
    }

    @Test
    void without_both_nothing_is_endorsed() {
        network.faults().stopPeer(AUDIT);
        network.faults().stopPeer("AuditMSP/peer1");

        EndorseException refused =
                catchThrowableOfType(EndorseException.class, () -> market().submitTransaction("put", key, "x"));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void a_peer_that_answers_differently_is_replaced_by_the_other_of_its_organisation() throws Exception {
        network.faults().differInEndorsements(AUDIT);

        market().submitTransaction("put", key, "x");

        assertThat(market().evaluateTransaction("get", key)).asString().isEqualTo("x");
    }

    @Test
    void two_channels_share_neither_state_nor_blocks() throws Exception {
        market().submitTransaction("put", key, "on market");
        network.awaitLevel();
        long before = network.ledger(OTHER, AUDIT).height();

        assertThat(other().evaluateTransaction("get", key)).isEmpty();
        market().submitTransaction("put", key, "on market again");
        network.awaitLevel();
        assertThat(network.ledger(OTHER, AUDIT).height()).isEqualTo(before);

        other().submitTransaction("put", key, "on the other");
        assertThat(other().evaluateTransaction("get", key)).asString().isEqualTo("on the other");
        assertThat(market().evaluateTransaction("get", key)).asString().isEqualTo("on market again");
    }

    @Test
    void a_call_into_another_channel_reads_there_and_writes_nothing() throws Exception {
        other().submitTransaction("put", key, "on the other");
        network.awaitLevel();

        assertThat(market().evaluateTransaction("call", "rig/" + OTHER, "get", key))
                .asString()
                .isEqualTo("on the other");
        market().submitTransaction("call", "rig/" + OTHER, "put", key, "from market");
        network.awaitLevel();
        assertThat(other().evaluateTransaction("get", key)).asString().isEqualTo("on the other");
    }

    @Test
    void a_channel_is_unknown_to_an_organisation_that_is_not_on_it() {
        try (NetworkClient merchant = NetworkClient.connect(network, MERCHANTS, "seller")) {
            GatewayException refused = catchThrowableOfType(
                    GatewayException.class,
                    () -> merchant.network(OTHER).getContract("rig").evaluateTransaction("get", key));

            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void a_peer_tells_all_its_channels() throws Exception {
        byte[] answer = client.network().getContract("cscc").evaluateTransaction("GetChannels");

        assertThat(ChannelQueryResponse.parseFrom(answer).getChannelsList().stream()
                        .map(ChannelInfo::getChannelId))
                .containsExactly("market", OTHER);
    }

    @Test
    void block_streams_go_to_the_channel_that_they_name() throws Exception {
        other().submitTransaction("put", key, "x");

        try (var blocks = client.network(OTHER)
                .newFilteredBlockEventsRequest()
                .startBlock(0)
                .build()
                .getEvents()) {
            assertThat(blocks.next().getChannelId()).isEqualTo(OTHER);
        }
    }

    @Test
    void all_of_it_is_found_again() throws Exception {
        market().submitTransaction("put", key, "market");
        other().submitTransaction("put", key, "other");
        network.awaitLevel();
        NetworkConfig config = network.config().toBuilder().build();
        client.close();
        network.close();

        network = EmbeddedNetwork.start(config);
        client = NetworkClient.connect(network, "PlatformMSP/peer1", "user");

        assertThat(client.contract("rig").evaluateTransaction("get", key))
                .asString()
                .isEqualTo("market");
        assertThat(client.network(OTHER).getContract("rig").evaluateTransaction("get", key))
                .asString()
                .isEqualTo("other");
    }
}
