package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.configtx.ConfigEdits;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.discovery.AuthInfo;
import org.hyperledger.fabric.protos.discovery.ChaincodeQuery;
import org.hyperledger.fabric.protos.discovery.ConfigQuery;
import org.hyperledger.fabric.protos.discovery.ConfigResult;
import org.hyperledger.fabric.protos.discovery.DiscoveryGrpc;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.Layout;
import org.hyperledger.fabric.protos.discovery.LocalPeerQuery;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.PeerMembershipQuery;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.discovery.Query;
import org.hyperledger.fabric.protos.discovery.QueryResult;
import org.hyperledger.fabric.protos.discovery.Request;
import org.hyperledger.fabric.protos.discovery.SignedRequest;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What clients older than the gateway, such as Node's fabric-network, ask a peer. */
@Timeout(300)
class DiscoveryTest {
    private static final String MSP = "PlatformMSP";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    @TempDir
    static Path directory;

    private static ManagedChannel connection;
    private static ByteString tlsHash;
    private static ByteString pemHash;
    private final SigningIdentity user = NETWORK.network().issue(MSP, "discoverer", NodeOu.CLIENT, Map.of());

    @BeforeAll
    static void connect() throws Exception {
        SigningIdentity tls = DevelopmentCa.create("Anybody", "ca").issueTls("client", List.of(), List.of());
        Files.writeString(directory.resolve("client.crt"), tls.certificatePem());
        Files.writeString(directory.resolve("client.key"), Pem.encode(tls.privateKey()));
        connection = NetworkClient.dial(NETWORK.network().organization(MSP), directory);
        pemHash = ByteString.copyFrom(Digests.sha256(tls.certificatePem().getBytes(UTF_8)));
        tlsHash = ByteString.copyFrom(Digests.sha256(tls.certificate().getEncoded()));
    }

    @AfterAll
    static void hangUp() {
        connection.shutdownNow();
    }

    private static QueryResult ask(SigningIdentity asker, ByteString hash, Query query) {
        ByteString payload = Request.newBuilder()
                .setAuthentication(AuthInfo.newBuilder()
                        .setClientIdentity(ByteString.copyFrom(asker.serialized()))
                        .setClientTlsCertHash(hash))
                .addQueries(query)
                .build()
                .toByteString();
        return DiscoveryGrpc.newBlockingStub(connection)
                .discover(SignedRequest.newBuilder()
                        .setPayload(payload)
                        .setSignature(ByteString.copyFrom(asker.sign(payload.toByteArray())))
                        .build())
                .getResults(0);
    }

    private QueryResult ask(Query.Builder query) {
        return ask(user, tlsHash, query.setChannel("market").build());
    }

    private static Query.Builder peersWith(String... chaincodes) {
        ChaincodeInterest.Builder filter = ChaincodeInterest.newBuilder();
        for (String chaincode : chaincodes) {
            filter.addChaincodes(ChaincodeCall.newBuilder().setName(chaincode));
        }
        return Query.newBuilder().setPeerQuery(PeerMembershipQuery.newBuilder().setFilter(filter));
    }

    private static Query.Builder endorsersOf(String chaincode) {
        return Query.newBuilder()
                .setCcQuery(ChaincodeQuery.newBuilder()
                        .addInterests(ChaincodeInterest.newBuilder()
                                .addChaincodes(ChaincodeCall.newBuilder().setName(chaincode))));
    }

    @Test
    void a_member_learns_the_organisations_and_where_the_orderer_is() {
        ConfigResult config = ask(Query.newBuilder().setConfigQuery(ConfigQuery.getDefaultInstance()))
                .getConfigResult();

        assertThat(config.getMspsMap()).containsOnlyKeys("PlatformMSP", "MerchantsMSP", "AuditMSP", "OrdererMSP");
        assertThat(config.getMspsOrThrow("AuditMSP").getRootCerts(0).toStringUtf8())
                .contains("BEGIN CERTIFICATE");
        var orderer = config.getOrderersOrThrow("OrdererMSP").getEndpoint(0);
        assertThat(orderer.getHost() + ":" + orderer.getPort())
                .isEqualTo(NETWORK.network().ordererAddress());
    }

    @Test
    void a_member_learns_the_peers_their_heights_and_their_chaincodes() throws Exception {
        Map<String, Peers> peers = ask(peersWith()).getMembers().getPeersByOrgMap();

        assertThat(peers).containsOnlyKeys("PlatformMSP", "MerchantsMSP", "AuditMSP");
        for (Map.Entry<String, Peers> each : peers.entrySet()) {
            Peer peer = each.getValue().getPeers(0);
            assertThat(SerializedIdentity.parseFrom(peer.getIdentity()).getMspid())
                    .isEqualTo(each.getKey());
            GossipMessage alive =
                    GossipMessage.parseFrom(peer.getMembershipInfo().getPayload());
            assertThat(alive.getAliveMsg().getMembership().getEndpoint())
                    .isEqualTo(NETWORK.network().organization(each.getKey()).peerAddress());
            GossipMessage state = GossipMessage.parseFrom(peer.getStateInfo().getPayload());
            assertThat(state.getStateInfo().getProperties().getLedgerHeight()).isPositive();
            // the sequence of the definition, in the place of a version
            assertThat(state.getStateInfo().getProperties().getChaincodesList())
                    .extracting(chaincode -> chaincode.getName() + ":" + chaincode.getVersion())
                    .containsExactly("rig:1", "_lifecycle:1");
        }
        assertThat(ask(peersWith("nosuch")).getError().getContent())
                .isEqualTo("No metadata was found for chaincode nosuch in channel market");
    }

    @Test
    void a_plan_names_the_sets_of_peers_that_satisfy_the_policy() throws Exception {
        EndorsementDescriptor plan = ask(endorsersOf("rig")).getCcQueryRes().getContent(0);

        Set<Set<String>> sets = new java.util.HashSet<>();
        for (Layout layout : plan.getLayoutsList()) {
            assertThat(layout.getQuantitiesByGroupMap().values()).containsOnly(1);
            Set<String> organizations = new TreeSet<>();
            for (String group : layout.getQuantitiesByGroupMap().keySet()) {
                organizations.add(SerializedIdentity.parseFrom(plan.getEndorsersByGroupsOrThrow(group)
                                .getPeers(0)
                                .getIdentity())
                        .getMspid());
            }
            sets.add(organizations);
        }
        assertThat(sets)
                .containsExactlyInAnyOrder(Set.of("AuditMSP", "PlatformMSP"), Set.of("AuditMSP", "MerchantsMSP"));
        assertThat(ask(endorsersOf("nosuch")).getError().getContent())
                .startsWith("failed constructing descriptor for chaincodes");
        assertThat(ask(endorsersOf("")).getError().getContent())
                .isEqualTo("chaincode name in interest cannot be empty");
    }

    @Test
    void a_plan_for_the_lifecycle_is_a_majority_of_the_organisations() throws Exception {
        EndorsementDescriptor plan =
                ask(endorsersOf("_lifecycle")).getCcQueryRes().getContent(0);

        assertThat(plan.getLayoutsList())
                .hasSize(3)
                .allSatisfy(
                        layout -> assertThat(layout.getQuantitiesByGroupMap()).hasSize(2));
        assertThat(ask(peersWith("_lifecycle"))
                        .getMembers()
                        .getPeersByOrgOrThrow("AuditMSP")
                        .getPeersList())
                .hasSize(1);
    }

    @Test
    void after_an_update_of_the_channel_its_new_configuration_is_told() throws Exception {
        Path ca = NETWORK.network().organization("AuditMSP").mspDirectory().resolveSibling("ca");
        ByteString revoked = ByteString.copyFrom(DevelopmentCa.load(ca)
                .revocationList(List.of(NETWORK.network()
                        .issue("AuditMSP", "revoked", NodeOu.CLIENT, Map.of())
                        .certificate())));
        NETWORK.network().update("market", ConfigEdits.revocations("AuditMSP", List.of(revoked)), List.of("AuditMSP"));

        ConfigResult config = ask(Query.newBuilder().setConfigQuery(ConfigQuery.getDefaultInstance()))
                .getConfigResult();
        assertThat(config.getMspsOrThrow("AuditMSP").getRevocationListList()).containsExactly(revoked);
    }

    @Test
    void a_peer_that_is_down_is_neither_listed_nor_planned_with() {
        NETWORK.network().faults().stopPeer("MerchantsMSP");
        try {
            assertThat(ask(peersWith())
                            .getMembers()
                            .getPeersByOrgOrThrow("MerchantsMSP")
                            .getPeersList())
                    .isEmpty();
            assertThat(ask(endorsersOf("rig")).getCcQueryRes().getContent(0).getLayoutsList())
                    .hasSize(1);
        } finally {
            NETWORK.network().faults().startPeer("MerchantsMSP");
        }
    }

    @Test
    void a_request_is_bound_to_the_certificate_shown_in_tls() {
        Query query = peersWith().setChannel("market").build();
        // as Fabric's own tool names it
        assertThat(ask(user, pemHash, query).hasError()).isFalse();
        assertThatThrownBy(() -> ask(user, ByteString.EMPTY, query))
                .hasMessage("UNKNOWN: client claimed TLS hash doesn't match computed TLS hash from gRPC stream");
    }

    @Test
    void strangers_other_channels_and_local_questions_of_users_are_denied() {
        SigningIdentity stranger = DevelopmentCa.create("PlatformMSP", "ca")
                .issue(io.clearmarket.wallet.ca.CertificateRequest.of("stranger", NodeOu.CLIENT));
        Query peers = peersWith().setChannel("market").build();
        Query elsewhere = peersWith().setChannel("elsewhere").build();
        Query local = Query.newBuilder()
                .setLocalPeers(LocalPeerQuery.getDefaultInstance())
                .build();

        for (QueryResult answer :
                List.of(ask(stranger, tlsHash, peers), ask(user, tlsHash, elsewhere), ask(user, tlsHash, local))) {
            assertThat(answer.getError().getContent()).isEqualTo("access denied");
        }
        SigningIdentity administrator = NETWORK.network().issue(MSP, "discovering-admin", NodeOu.ADMIN, Map.of());
        assertThat(ask(administrator, tlsHash, local).getMembers().getPeersByOrgMap())
                .containsKey("AuditMSP");
        assertThat(ask(administrator, tlsHash, Query.newBuilder().build())
                        .getError()
                        .getContent())
                .isEqualTo("unknown or missing request type");
    }
}
