package io.clearmarket.wallet.ca;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1OctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCaTest {
    private final DevelopmentCa ca = DevelopmentCa.create("AuditMSP", "ca.audit.example");

    @TempDir
    Path folder;

    @Test
    void an_enrolment_certificate_chains_to_the_ca_with_a_low_s_signature() throws Exception {
        for (int i = 0; i < 20; i++) {
            X509Certificate certificate =
                    ca.issue(CertificateRequest.of("peer0", NodeOu.PEER)).certificate();
            certificate.verify(ca.certificate().getPublicKey());
            assertThat(P256.isLowS(certificate.getSignature())).isTrue();
            assertThat(certificate.getIssuerX500Principal())
                    .isEqualTo(ca.certificate().getSubjectX500Principal());
        }
    }

    @Test
    void the_root_may_sign_certificates_and_a_leaf_only_messages() {
        X509Certificate leaf =
                ca.issue(CertificateRequest.of("user", NodeOu.CLIENT)).certificate();
        assertThat(ca.certificate().getBasicConstraints()).isGreaterThanOrEqualTo(0);
        assertThat(ca.certificate().getKeyUsage()).startsWith(true, false, false, false, false, true, true);
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=user,OU=client");
        assertThat(leaf.getSerialNumber().bitLength()).isEqualTo(128);
    }

    @Test
    void the_authority_key_identifier_is_the_roots_subject_key_identifier() {
        X509Certificate leaf =
                ca.issue(CertificateRequest.of("user", NodeOu.CLIENT)).certificate();
        byte[] ski = octets(ca.certificate().getExtensionValue("2.5.29.14"));
        byte[] aki = octets(leaf.getExtensionValue("2.5.29.35"));
        assertThat(ski).hasSize(34);
        assertThat(aki).endsWith(java.util.Arrays.copyOfRange(ski, 2, ski.length));
    }

    @Test
    void attributes_are_plain_json_in_the_extension_as_fabric_ca_writes_them() {
        X509Certificate certificate = ca.issue(CertificateRequest.of("user", NodeOu.CLIENT)
                        .withAttribute("role", "merchant")
                        .withAttribute("since", "\"2026\""))
                .certificate();
        assertThat(new String(octets(certificate.getExtensionValue("1.2.3.4.5.6.7.8.1")), UTF_8))
                .isEqualTo("{\"attrs\":{\"role\":\"merchant\",\"since\":\"\\\"2026\\\"\"}}");
        assertThat(CertificateAttributes.of(certificate))
                .containsEntry("role", "merchant")
                .hasSize(2);
        assertThat(CertificateAttributes.of(ca.certificate())).isEmpty();
    }

    @Test
    void a_buyer_gets_a_pseudonym_and_not_the_name_in_the_csr() {
        KeyPair buyer = P256.generate();
        Csr csr = Csr.parse(Csr.create(buyer, "Ana Souza").toPem());
        X509Certificate certificate = ca.issueFromCsr(csr, "buyer", Map.of("role", "buyer"), Validity.ofDays(30));
        assertThat(csr.requestedSubject()).contains("Ana Souza");
        assertThat(certificate.toString()).doesNotContain("Ana");
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=buyer-" + PartyId.of(buyer.getPublic()).value().substring(0, 16) + ",OU=client");
        assertThat(PartyId.of(certificate)).isEqualTo(PartyId.of(buyer.getPublic()));
    }

    @Test
    void a_csr_signed_by_another_key_is_refused() throws Exception {
        String genuine = Csr.create(P256.generate(), "a").toPem();
        byte[] der = Pem.decode("CERTIFICATE REQUEST", genuine);
        der[der.length - 1] ^= 1;
        assertThatThrownBy(() -> Csr.parse(Pem.encode("CERTIFICATE REQUEST", der)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not signed by the key");
        assertThatThrownBy(() -> Csr.parse("hello")).hasMessageContaining("no PEM certificate signing request");
    }

    @Test
    void a_key_on_another_curve_is_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        assertThatThrownBy(() ->
                        ca.issue(generator.generateKeyPair().getPublic(), CertificateRequest.of("user", NodeOu.CLIENT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-256");
    }

    @Test
    void a_tls_certificate_names_its_hosts_and_is_no_member() throws Exception {
        X509Certificate certificate =
                ca.issueTls("peer0", List.of("localhost"), List.of("127.0.0.1")).certificate();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(certificate.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=peer0");
    }

    @Test
    void an_expired_certificate_can_be_asked_for() {
        Instant past = Instant.parse("2020-01-01T00:00:00Z");
        X509Certificate certificate = ca.issue(CertificateRequest.of("user", NodeOu.CLIENT)
                        .withValidity(Validity.from(past, Duration.ofDays(1))))
                .certificate();
        assertThat(certificate.getNotAfter()).isEqualTo(Instant.parse("2020-01-02T00:00:00Z"));
    }

    @Test
    void a_saved_ca_is_the_same_ca_and_its_key_is_its_owners_alone() throws Exception {
        ca.save(folder.resolve("ca"));
        DevelopmentCa loaded = DevelopmentCa.load(folder.resolve("ca"));
        assertThat(loaded.mspId()).isEqualTo("AuditMSP");
        assertThat(loaded.certificate()).isEqualTo(ca.certificate());
        loaded.issue(CertificateRequest.of("user", NodeOu.CLIENT))
                .certificate()
                .verify(ca.certificate().getPublicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ca/ca-key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void loading_names_the_missing_file() {
        assertThatThrownBy(() -> DevelopmentCa.load(folder))
                .isInstanceOf(WalletException.class)
                .hasMessage(folder.resolve("ca-cert.pem") + ": cannot be read: there is no such file");
    }

    @Test
    void an_msp_folder_gives_its_member_back() {
        SigningIdentity member = ca.issue(CertificateRequest.of("peer0", NodeOu.PEER));
        MspFolder.write(folder.resolve("msp"), member, ca.certificate(), ca.certificate());
        SigningIdentity read = MspFolder.read("AuditMSP", folder.resolve("msp"));
        assertThat(read).isEqualTo(member);
        assertThat(member.verify(new byte[] {1}, read.sign(new byte[] {1}))).isTrue();
        assertThat(folder.resolve("msp/config.yaml")).content().contains("OrganizationalUnitIdentifier: orderer");
        assertThat(folder.resolve("msp/cacerts/ca-cert.pem")).exists();
    }

    @Test
    void a_private_key_of_another_certificate_is_refused() {
        X509Certificate certificate =
                ca.issue(CertificateRequest.of("a", NodeOu.CLIENT)).certificate();
        assertThatThrownBy(() -> new SigningIdentity(
                        "AuditMSP", certificate, P256.generate().getPrivate()))
                .hasMessageContaining("does not belong to the certificate of CN=a");
    }

    @Test
    void a_serialized_identity_is_read_back() {
        SigningIdentity member = ca.issue(CertificateRequest.of("peer0", NodeOu.PEER));
        assertThat(Identity.fromSerialized(member.serialized()))
                .isEqualTo(new Identity("AuditMSP", member.certificate()));
        assertThatThrownBy(() -> Identity.fromSerialized(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] octets(byte[] extension) {
        return ASN1OctetString.getInstance(extension).getOctets();
    }

    @Test
    void a_revocation_list_names_its_authoritys_key_and_what_is_revoked() throws Exception {
        X509Certificate revoked =
                ca.issue(CertificateRequest.of("revoked", NodeOu.CLIENT)).certificate();
        X509Certificate good =
                ca.issue(CertificateRequest.of("good", NodeOu.CLIENT)).certificate();

        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(ca.revocationList(List.of(revoked))));

        list.verify(ca.certificate().getPublicKey());
        assertThat(list.isRevoked(revoked)).isTrue();
        assertThat(list.isRevoked(good)).isFalse();
        assertThat(list.getExtensionValue("2.5.29.35")).isEqualTo(revoked.getExtensionValue("2.5.29.35"));
    }
}
