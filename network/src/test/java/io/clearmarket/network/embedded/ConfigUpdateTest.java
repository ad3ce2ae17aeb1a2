package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.configtx.ConfigDelta;
import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.network.embedded.configtx.UpdateWriter;
import io.clearmarket.network.embedded.genesis.ChannelConfig;
import io.clearmarket.network.embedded.msp.ConfigBlocks;
import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.network.junit.ChaincodeHost;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Updates of a channel's configuration, by the network's own call and by an envelope at the orderer's door. */
@Timeout(180)
class ConfigUpdateTest {
    private static final String CHANNEL = "market";
    private static final String ORG1 = "Org1MSP";
    private static final String ORG2 = "Org2MSP";
    private static final String ORG3 = "Org3MSP";
    private static final List<String> BOTH = List.of(ORG1, ORG2);
    private static final ChannelConfig.Batch PAIRS =
            new ChannelConfig.Batch(Duration.ofSeconds(50), 2, 512 << 10, 10 << 20);

    @TempDir
    Path directory;

    private ChaincodeHost rig;
    private EmbeddedNetwork network;

    @BeforeEach
    void start() {
        rig = ChaincodeHost.start("rig", "1", ChaincodeConfig.MAJORITY_POLICY, BOTH, RigChaincode::new);
        network = EmbeddedNetwork.start(NetworkConfig.in(directory)
                .organization(ORG1, 0)
                .organization(ORG2, 0)
                .chaincode(rig.config())
                .build());
    }

    @AfterEach
    void stop() {
        network.close();
        rig.close();
    }

    @Test
    void other_batch_rules_hold_from_the_next_block_on_and_after_a_restart() throws Exception {
        network.update(CHANNEL, ConfigEdits.batch(PAIRS), List.of("OrdererMSP"));

        submitTwoTogether();
        Block config = configBlock();
        assertThat(ConfigBlocks.config(config)).isEqualTo(network.configuration(CHANNEL));
        assertThat(config.getHeader().getNumber()).isPositive();
        assertThat(ConfigBlocks.lastConfig(
                        network.ledger(ORG2).block(network.height(ORG2) - 1).orElseThrow()))
                .isEqualTo(config.getHeader().getNumber());

        NetworkConfig same = network.config();
        network.close();
        network = EmbeddedNetwork.start(same);
        submitTwoTogether();
    }

    /** With two to a block and a timeout that nobody waits for, two transactions share a block. */
    private void submitTwoTogether() throws Exception {
        try (NetworkClient client = NetworkClient.connect(network, ORG1, "user")) {
            SubmittedTransaction one = submit(client, "one");
            SubmittedTransaction two = submit(client, "two");

            assertThat(one.getStatus().getBlockNumber())
                    .isEqualTo(two.getStatus().getBlockNumber());
        }
        network.awaitLevel();
    }

    private static SubmittedTransaction submit(NetworkClient client, String key) throws Exception {
        return client.contract("rig")
                .newProposal("put")
                .addArguments(key, "x")
                .build()
                .endorse()
                .submitAsync();
    }

    @Test
    void a_new_organisation_is_a_member_at_once_and_runs_its_peer_after_a_restart() throws Exception {
        ChannelConfig.Organization third = network.newOrganization(ORG3);
        network.update(CHANNEL, ConfigEdits.addOrganization(third), BOTH);
        assertThat(network.ledger(ORG1).organizations()).containsExactly(ORG1, ORG2, ORG3);

        NetworkConfig more = network.config().toBuilder()
                .organization(ORG3, 0)
                .channelMembers(List.of(ORG1, ORG2, ORG3))
                .build();
        network.close();
        network = EmbeddedNetwork.start(more);

        network.awaitLevel();
        assertThat(network.ledger(ORG3).currentHash())
                .isEqualTo(network.ledger(ORG1).currentHash());
        try (NetworkClient client = NetworkClient.connect(network, ORG3, "newcomer")) {
            client.contract("rig").submitTransaction("put", "by", "the newcomer");
            // the newcomer runs no chaincode of its own: another peer answers, which may be a block behind
            network.awaitLevel();
            assertThat(client.contract("rig").evaluateTransaction("get", "by"))
                    .asString()
                    .isEqualTo("the newcomer");
        }
    }

    @Test
    void a_revoked_user_is_refused_from_that_block_on() throws Exception {
        var thief = network.issue(ORG1, "thief", NodeOu.CLIENT, Map.of());
        try (NetworkClient client = NetworkClient.connect(network, ORG1, thief);
                NetworkClient other = NetworkClient.connect(network, ORG1, "user")) {
            client.contract("rig").submitTransaction("put", "k", "before");

            ByteString revoked = ByteString.copyFrom(DevelopmentCa.load(directory.resolve("organizations/Org1MSP/ca"))
                    .revocationList(List.of(thief.certificate())));
            network.update(CHANNEL, ConfigEdits.revocations(ORG1, List.of(revoked)), List.of(ORG1));

            GatewayException refused = catchThrowableOfType(
                    GatewayException.class, () -> client.contract("rig").submitTransaction("put", "k", "after"));
            assertThat(refused.getDetails().getFirst().getMessage()).contains("access denied");
            other.contract("rig").submitTransaction("put", "k", "by another");
        }
    }

    @Test
    void an_organisations_new_authority_certifies_members_beside_the_old_one() throws Exception {
        DevelopmentCa next = DevelopmentCa.create(ORG1, "next.ca");
        var user = next.issue(CertificateRequest.of("user2", NodeOu.CLIENT));
        network.update(
                CHANNEL,
                ConfigEdits.msp(ORG1, msp -> {
                    ByteString root = ByteString.copyFromUtf8(Pem.encode(next.certificate()));
                    var changed = msp.toBuilder().addRootCerts(root);
                    changed.getFabricNodeOusBuilder()
                            .getClientOuIdentifierBuilder()
                            .clearCertificate();
                    return changed.build();
                }),
                List.of(ORG1));

        try (NetworkClient client = NetworkClient.connect(network, ORG1, user)) {
            client.contract("rig").submitTransaction("put", "k", "certified anew");
        }
    }

    @Test
    void without_the_administrators_that_the_policy_wants_nothing_changes() {
        assertThatThrownBy(() -> network.update(CHANNEL, ConfigEdits.batch(PAIRS), BOTH))
                .hasMessageContaining(
                        "error applying config update to existing channel 'market': error authorizing update:"
                                + " error validating DeltaSet: policy for [Value]  /Channel/Orderer/BatchSize not satisfied:"
                                + " implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1"
                                + " of the 'Admins' sub-policies to be satisfied");
        ChannelConfig.Organization third = network.newOrganization(ORG3);
        assertThatThrownBy(() -> network.update(CHANNEL, ConfigEdits.addOrganization(third), List.of(ORG1)))
                .hasMessageContaining("policy for [Group]  /Channel/Application not satisfied")
                .hasMessageContaining("1 sub-policies were satisfied, but this policy requires 2");
        assertThat(network.configuration(CHANNEL).getSequence()).isZero();
    }

    @Test
    void an_update_of_what_has_changed_since_is_refused() throws Exception {
        ConfigUpdateEnvelope stale = batchUpdate(network.configuration(CHANNEL));
        network.update(CHANNEL, ConfigEdits.batch(PAIRS), List.of("OrdererMSP"));

        BroadcastResponse answer = broadcast(UpdateWriter.envelope(CHANNEL, stale, admin("OrdererMSP")));

        assertThat(answer.getStatus()).isEqualTo(Status.BAD_REQUEST);
        assertThat(answer.getInfo())
                .isEqualTo("error applying config update to existing channel 'market': error authorizing update: error"
                        + " validating DeltaSet: attempt to set key [Value]  /Channel/Orderer/BatchSize to version 1, but"
                        + " key is at version 1");
    }

    @Test
    void an_envelope_at_the_orderers_door_does_the_same() throws Exception {
        long before = network.height(ORG2);
        ConfigUpdateEnvelope update = batchUpdate(network.configuration(CHANNEL));

        BroadcastResponse answer = broadcast(UpdateWriter.envelope(CHANNEL, update, admin("OrdererMSP")));

        assertThat(answer.getStatus()).isEqualTo(Status.SUCCESS);
        // accepted is not ordered yet
        assertThat(network.peer(ORG2).commits().awaitHeight(before + 1, 1, TimeUnit.MINUTES))
                .isTrue();
        assertThat(network.ledger(ORG2).resources().sequence()).isEqualTo(1);
        submitTwoTogether();
    }

    @Test
    void an_update_from_outside_the_channels_writers_is_not_even_looked_at() throws Exception {
        ConfigUpdateEnvelope update = batchUpdate(network.configuration(CHANNEL));
        SigningIdentity stranger = SigningIdentity.of(
                DevelopmentCa.create(ORG1, "strange").issue(CertificateRequest.of("admin", NodeOu.ADMIN)));

        BroadcastResponse answer = broadcast(UpdateWriter.envelope(CHANNEL, update, stranger));

        assertThat(answer.getStatus()).isEqualTo(Status.FORBIDDEN);
        assertThat(answer.getInfo()).startsWith("config update for existing channel did not pass initial checks: ");
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> network.update(CHANNEL, same -> same, BOTH))
                .hasMessageContaining("no differences detected");
        assertThatThrownBy(() -> network.update(
                        CHANNEL,
                        ConfigEdits.msp(
                                ORG1, msp -> msp.toBuilder().clearRootCerts().build()),
                        List.of(ORG1)))
                .hasMessageContaining("expected at least one CA certificate");
        assertThat(network.configuration(CHANNEL).getSequence()).isZero();
    }

    private ConfigUpdateEnvelope batchUpdate(Config current) {
        ConfigGroup before = current.getChannelGroup();
        ConfigGroup after = ConfigEdits.batch(PAIRS).apply(before);
        return UpdateWriter.signed(
                UpdateWriter.unsigned(ConfigDelta.between(CHANNEL, before, after)), admin("OrdererMSP"));
    }

    private SigningIdentity admin(String mspId) {
        return SigningIdentity.of(network.issue(mspId, "admin", NodeOu.ADMIN, Map.of()));
    }

    private Block configBlock() throws Exception {
        try (NetworkClient client = NetworkClient.connect(network, ORG2, "reader")) {
            return Block.parseFrom(client.network().getContract("cscc").evaluateTransaction("GetConfigBlock", CHANNEL));
        }
    }

    private BroadcastResponse broadcast(Envelope envelope) throws Exception {
        ManagedChannel door = NetworkClient.dial(
                network.ordererAddress(), network.ordererOrganization().tlsCaFile());
        try {
            CompletableFuture<BroadcastResponse> answer = new CompletableFuture<>();
            StreamObserver<Envelope> requests = AtomicBroadcastGrpc.newStub(door)
                    .broadcast(new StreamObserver<>() {
                        @Override
                        public void onNext(BroadcastResponse response) {
                            answer.complete(response);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {
                            answer.completeExceptionally(new IllegalStateException("no answer"));
                        }
                    });
            requests.onNext(envelope);
            return answer.get(60, TimeUnit.SECONDS);
        } finally {
            door.shutdownNow();
        }
    }
}
