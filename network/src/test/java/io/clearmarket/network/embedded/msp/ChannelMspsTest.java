package io.clearmarket.network.embedded.msp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.ledger.TestChannel;
import io.clearmarket.network.embedded.msp.MspIdentity.Role;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.junit.jupiter.api.Test;

/** Fabric-protocol section 7. */
class ChannelMspsTest {
    private static final TestChannel CHANNEL = new TestChannel();
    private final ChannelMsps msps = ChannelMsps.fromConfig(CHANNEL.genesis);

    private MspIdentity identity(SigningIdentity signer) throws MspException {
        return msps.deserialize(ByteString.copyFrom(signer.serialized()));
    }

    private static ByteString serialized(String mspId, String pem) {
        return SerializedIdentity.newBuilder()
                .setMspid(mspId)
                .setIdBytes(ByteString.copyFromUtf8(pem))
                .build()
                .toByteString();
    }

    @Test
    void the_organisations_are_those_of_the_configuration() {
        assertThat(msps.mspIds()).containsExactlyInAnyOrder("PlatformMSP", "MerchantsMSP", "AuditMSP", "OrdererMSP");
    }

    @Test
    void a_member_has_the_role_of_its_certificate_and_no_other() throws Exception {
        for (NodeOu ou : NodeOu.values()) {
            MspIdentity member = identity(CHANNEL.auditCa.issue(CertificateRequest.of("someone", ou)));
            assertThat(member.isValid()).isTrue();
            assertThat(member.mspId()).isEqualTo("AuditMSP");
            for (Role role : Role.values()) {
                assertThat(member.hasRole(role)).isEqualTo(role.name().equals(ou.name()));
            }
        }
    }

    @Test
    void a_certificate_without_a_role_is_known_but_not_valid() throws Exception {
        MspIdentity tls = identity(CHANNEL.auditCa.issueTls("peer0", List.of("localhost"), List.of()));
        assertThat(tls.isValid()).isFalse();
        for (Role role : Role.values()) {
            assertThat(tls.hasRole(role)).isFalse();
        }
    }

    @Test
    void strangers_and_confusions_are_not_known() {
        SigningIdentity stranger =
                DevelopmentCa.create("AuditMSP", "ca.audit").issue(CertificateRequest.of("client", NodeOu.CLIENT));
        assertThatThrownBy(() -> identity(stranger)).isInstanceOf(MspException.class);
        ByteString wrongOrganisation = serialized("MerchantsMSP", Pem.encode(CHANNEL.client.certificate()));
        assertThatThrownBy(() -> msps.deserialize(wrongOrganisation)).isInstanceOf(MspException.class);
        assertThatThrownBy(() -> msps.deserialize(serialized("NobodyMSP", "")))
                .hasMessageContaining("NobodyMSP is unknown");
        assertThatThrownBy(() -> msps.deserialize(serialized("AuditMSP", "no PEM")))
                .isInstanceOf(MspException.class);
        assertThatThrownBy(() -> msps.deserialize(ByteString.fromHex("ff"))).isInstanceOf(MspException.class);
    }

    @Test
    void the_ca_itself_is_no_member() {
        ByteString authority = serialized("AuditMSP", Pem.encode(CHANNEL.auditCa.certificate()));
        assertThatThrownBy(() -> msps.deserialize(authority)).isInstanceOf(MspException.class);
    }

    @Test
    void expiry_is_told_apart_from_validity() throws Exception {
        Instant then = CHANNEL.auditCa.certificate().getNotBefore().toInstant();
        Validity past = new Validity(then, then.plusSeconds(60));
        MspIdentity expired = identity(CHANNEL.auditCa.issue(
                CertificateRequest.of("old", NodeOu.CLIENT).withValidity(past)));
        assertThat(expired.isValid()).isTrue();
        assertThat(expired.expiredAt(then.getEpochSecond() + 60)).isFalse();
        assertThat(expired.expiredAt(then.getEpochSecond() + 61)).isTrue();
    }

    @Test
    void a_certificate_that_begins_before_its_authority_is_unknown() {
        Instant then = CHANNEL.auditCa.certificate().getNotBefore().toInstant().minusSeconds(60);
        assertThatThrownBy(() -> identity(CHANNEL.auditCa.issue(CertificateRequest.of("older", NodeOu.CLIENT)
                        .withValidity(new Validity(then, then.plusSeconds(600))))))
                .isInstanceOf(MspException.class);
    }

    @Test
    void signatures_are_verified_with_the_certificates_key() throws Exception {
        byte[] message = {1, 2, 3};
        MspIdentity peer = msps.deserialize(CHANNEL.auditPeer.serialized());
        assertThat(peer.verify(message, CHANNEL.auditPeer.sign(message).toByteArray()))
                .isTrue();
        assertThat(peer.verify(message, CHANNEL.platformPeer.sign(message).toByteArray()))
                .isFalse();
    }
}
