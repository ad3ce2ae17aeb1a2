package io.clearmarket.network.embedded.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import io.grpc.Status;
import java.time.Instant;
import java.util.Map;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdentityTest {
    private static final String UNKNOWN =
            "error validating proposal: access denied: channel [market] creator org unknown, creator is malformed";

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    @Test
    void an_auditor_works_through_the_platforms_gateway() throws Exception {
        SigningIdentity auditor =
                NETWORK.network().issue("AuditMSP", "auditor", NodeOu.CLIENT, Map.of("role", "auditor"));
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), "PlatformMSP", auditor)) {
            assertThat(client.contract("rig").submitTransaction("put", "audited", "yes"))
                    .asString()
                    .isEqualTo("yes");
            assertThat(client.contract("rig").evaluateTransaction("who"))
                    .asString()
                    .startsWith("\n\bAuditMSP");
        }
    }

    @Test
    void a_certificate_of_a_stranger_is_malformed_and_not_merely_denied() {
        DevelopmentCa stranger = DevelopmentCa.create("PlatformMSP", "ca.PlatformMSP");
        SigningIdentity forged = stranger.issue(CertificateRequest.of("buyer", NodeOu.CLIENT));

        GatewayException e = evaluateAs(forged);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(e.getStatus().getDescription()).endsWith(UNKNOWN);
    }

    @Test
    void another_organisations_certificate_does_not_make_a_member() {
        SigningIdentity platform = NETWORK.network().issue("PlatformMSP", "turncoat", NodeOu.CLIENT, Map.of());
        SigningIdentity claimed = new SigningIdentity("AuditMSP", platform.certificate(), platform.privateKey());

        assertThat(evaluateAs(claimed).getStatus().getDescription()).endsWith(UNKNOWN);
    }

    @Test
    void a_signature_by_another_key_is_denied_by_name_of_the_organisation() {
        SigningIdentity user = NETWORK.network().issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
        var thief = P256.generate();
        var connection = NetworkClient.dial(NETWORK.network().organization("PlatformMSP"));
        try (Gateway gateway = Gateway.newInstance()
                .identity(new X509Identity("PlatformMSP", user.certificate()))
                .hash(Hash.NONE)
                .signer(message -> P256.sign(thief.getPrivate(), message))
                .connection(connection)
                .connect()) {
            Contract rig = gateway.getNetwork("market").getContract("rig");
            EndorseException e =
                    catchThrowableOfType(EndorseException.class, () -> rig.submitTransaction("put", "a", "b"));

            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
            assertThat(e.getDetails().getFirst().getMessage())
                    .isEqualTo("error validating proposal: access denied: channel [market] creator org [PlatformMSP]");
        } finally {
            connection.shutdownNow();
        }
    }

    @Test
    void a_peers_certificate_reads_but_does_not_propose() throws Exception {
        SigningIdentity peer = NETWORK.network().issue("PlatformMSP", "spare-peer", NodeOu.PEER, Map.of());
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), "PlatformMSP", peer);
                var blocks = client.network()
                        .newBlockEventsRequest()
                        .startBlock(0)
                        .build()
                        .getEvents()) {
            assertThat(blocks.next().getHeader().getNumber()).isZero();
            GatewayException e = catchThrowableOfType(
                    GatewayException.class, () -> client.contract("rig").evaluateTransaction("get", "a"));
            assertThat(e.getStatus().getDescription())
                    .contains("with policy [/Channel/Application/Writers]: [implicit policy evaluation failed");
        }
    }

    @Test
    void an_expired_certificate_is_filtered_by_every_peer() {
        DevelopmentCa ca = DevelopmentCa.load(
                NETWORK.network().organization("PlatformMSP").mspDirectory().resolveSibling("ca"));
        Instant begin = ca.certificate().getNotBefore().toInstant();
        SigningIdentity expired = ca.issue(
                CertificateRequest.of("late", NodeOu.CLIENT).withValidity(new Validity(begin, begin.plusSeconds(2))));

        GatewayException e = evaluateAs(expired);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(e.getDetails()).hasSize(3);
        assertThat(e.getDetails().get(0).getMessage()).isEqualTo("proposal client identity expired");
        assertThat(e.getDetails().get(1).getMessage())
                .isEqualTo("rpc error: code = Unknown desc = proposal client identity expired");
    }

    private static GatewayException evaluateAs(SigningIdentity identity) {
        try (NetworkClient client = NetworkClient.connect(NETWORK.network(), "PlatformMSP", identity)) {
            GatewayException e = catchThrowableOfType(
                    GatewayException.class, () -> client.contract("rig").evaluateTransaction("get", "a"));
            assertThat(e).isNotNull();
            return e;
        }
    }
}
