package io.clearmarket.network.fabricca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.ca.CertificateAttributes;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link FabricCa} does with any Fabric CA whose registrar is {@code admin} with the secret {@code adminpw}. */
@Timeout(120)
abstract class FabricCaContract {
    abstract FabricCa ca();

    /** The same server, with a root that is not its own. */
    abstract FabricCa mistaken(DevelopmentCa stranger);

    private final String buyer = "buyer-" + UUID.randomUUID();

    final SigningIdentity registrar() {
        return ca().enroll("admin", "adminpw").member();
    }

    final SigningIdentity enrolled(SigningIdentity registrar, String id) {
        return ca().enroll(id, ca().register(registrar, Registration.client(id, Map.of())))
                .member();
    }

    @Test
    void a_registered_client_enrols_and_carries_its_attributes() {
        String secret = ca().register(registrar(), Registration.client(buyer, Map.of("role", "buyer")));
        FabricCa.Enrolment enrolment = ca().enroll(buyer, secret);

        assertThat(enrolment.member().mspId()).isEqualTo("PlatformMSP");
        assertThat(CertificateAttributes.of(enrolment.member().certificate())).containsEntry("role", "buyer");
        assertThat(KeyIdentifiers.commonName(enrolment.member().certificate())).isEqualTo(buyer);
        assertThat(enrolment.chain()).isEqualTo(ca().chain());
    }

    @Test
    void a_secret_for_one_enrolment_is_good_for_one() {
        String secret = ca().register(registrar(), Registration.client(buyer, Map.of()));
        ca().enroll(buyer, secret);
        assertThatThrownBy(() -> ca().enroll(buyer, secret)).isInstanceOf(CaException.class);
    }

    @Test
    void a_renewed_certificate_has_a_new_key_and_the_same_name() {
        SigningIdentity old = enrolled(registrar(), buyer);
        SigningIdentity renewed = ca().reenroll(old).member();
        assertThat(renewed.certificate().getSubjectX500Principal())
                .isEqualTo(old.certificate().getSubjectX500Principal());
        assertThat(renewed.certificate().getPublicKey())
                .isNotEqualTo(old.certificate().getPublicKey());
    }

    @Test
    void what_is_revoked_is_on_the_list_and_can_do_nothing_more() {
        SigningIdentity registrar = registrar();
        SigningIdentity revoked = enrolled(registrar, buyer);
        assertThat(ca().revokeCertificate(registrar, revoked.certificate(), "keycompromise"))
                .extracting(FabricCa.Revoked::serial)
                .containsExactly(revoked.certificate().getSerialNumber().toString(16));

        assertThat(ca().revocationList(registrar).isRevoked(revoked.certificate()))
                .isTrue();
        assertThat(ca().revocationList(registrar).isRevoked(registrar.certificate()))
                .isFalse();
        assertThatThrownBy(() -> ca().reenroll(revoked)).isInstanceOf(CaException.class);
    }

    @Test
    void an_identity_is_revoked_by_its_name() {
        SigningIdentity registrar = registrar();
        SigningIdentity revoked = enrolled(registrar, buyer);
        ca().revokeIdentity(registrar, buyer, "");
        assertThat(ca().revocationList(registrar).isRevoked(revoked.certificate()))
                .isTrue();
    }

    @Test
    void a_refusal_comes_with_the_authoritys_own_code() {
        assertThatThrownBy(() -> ca().enroll("admin", "wrong"))
                .isInstanceOfSatisfying(
                        CaException.class, refused -> assertThat(refused.code()).isEqualTo(20))
                .hasMessageContaining("Authentication failure");
        SigningIdentity nobody = enrolled(registrar(), buyer);
        assertThatThrownBy(() -> ca().register(nobody, Registration.client(buyer + "-2", Map.of())))
                .isInstanceOfSatisfying(
                        CaException.class, refused -> assertThat(refused.code()).isEqualTo(71));
    }

    @Test
    void a_server_with_another_root_is_not_believed() {
        FabricCa mistaken = mistaken(DevelopmentCa.create("PlatformMSP", "another"));
        assertThatThrownBy(mistaken::chain).hasMessageContaining("does not answer");
    }
}
