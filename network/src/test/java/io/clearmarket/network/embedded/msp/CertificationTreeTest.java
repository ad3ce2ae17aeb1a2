package io.clearmarket.network.embedded.msp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations with more than one authority, with revocations, with listed administrators (fabric-protocol section 7). */
class CertificationTreeTest {
    private final DevelopmentCa root = DevelopmentCa.create("AuditMSP", "ca.audit");
    private final SigningIdentity member = root.issue(CertificateRequest.of("member", NodeOu.CLIENT));

    @TempDir
    Path folder;

    private static ByteString pem(X509Certificate certificate) {
        return ByteString.copyFromUtf8(Pem.encode(certificate));
    }

    private FabricMSPConfig.Builder config() {
        return FabricMSPConfig.newBuilder()
                .setName("AuditMSP")
                .addRootCerts(pem(root.certificate()))
                .setFabricNodeOus(FabricNodeOUs.newBuilder()
                        .setEnable(true)
                        .setClientOuIdentifier(unit("client"))
                        .setPeerOuIdentifier(unit("peer"))
                        .setAdminOuIdentifier(unit("admin"))
                        .setOrdererOuIdentifier(unit("orderer")));
    }

    private static FabricOUIdentifier unit(String name) {
        return FabricOUIdentifier.newBuilder()
                .setOrganizationalUnitIdentifier(name)
                .build();
    }

    /** An authority that the root certifies; loaded as the development CA is, from its two files. */
    private DevelopmentCa intermediate() throws Exception {
        Path files = folder.resolve("root");
        root.save(files);
        var rootKey = Pem.privateKey(java.nio.file.Files.readString(files.resolve("ca-key.pem")));
        KeyPair pair = P256.generate();
        // as old as the root: a chain is verified as of its member's beginning
        Instant begin = root.certificate().getNotBefore().toInstant();
        var builder = new JcaX509v3CertificateBuilder(
                X500Name.getInstance(
                        root.certificate().getSubjectX500Principal().getEncoded()),
                BigInteger.valueOf(77),
                Date.from(begin),
                Date.from(begin.plus(Duration.ofDays(1))),
                new X500Name("O=AuditMSP,CN=ica.audit"),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey)));
        Path below = folder.resolve("intermediate");
        java.nio.file.Files.createDirectories(below);
        java.nio.file.Files.writeString(below.resolve("ca-cert.pem"), Pem.encode(certificate));
        java.nio.file.Files.writeString(below.resolve("ca-key.pem"), Pem.encode(pair.getPrivate()));
        return DevelopmentCa.load(below);
    }

    private ByteString revocationOf(X509Certificate certificate, DevelopmentCa by) throws Exception {
        return revocationOf(certificate, by, true);
    }

    private ByteString revocationOf(X509Certificate certificate, DevelopmentCa by, boolean namesItsKey)
            throws Exception {
        Path files = folder.resolve("revoking" + certificate.getSerialNumber());
        by.save(files);
        var key = Pem.privateKey(java.nio.file.Files.readString(files.resolve("ca-key.pem")));
        Date longAgo = Date.from(Instant.parse("2001-01-01T00:00:00Z"));
        var builder = new JcaX509v2CRLBuilder(by.certificate().getSubjectX500Principal(), longAgo);
        builder.setNextUpdate(longAgo);
        builder.addCRLEntry(certificate.getSerialNumber(), longAgo, 0);
        if (namesItsKey) {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    AuthorityKeyIdentifier.getInstance(ASN1OctetString.getInstance(
                                    certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId()))
                            .getOctets()));
        }
        X509CRLHolder list = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(list);
        }
        return ByteString.copyFromUtf8(text.toString());
    }

    @Test
    void a_revoked_certificate_is_known_and_not_valid_however_old_the_list_is() throws Exception {
        SigningIdentity other = root.issue(CertificateRequest.of("other", NodeOu.CLIENT));
        Msp msp = Msp.from(config().addRevocationList(revocationOf(member.certificate(), root))
                .build());

        assertThat(msp.identity(member.certificate()).isValid()).isFalse();
        assertThat(msp.identity(member.certificate()).hasRole(MspIdentity.Role.CLIENT))
                .isFalse();
        assertThat(msp.identity(other.certificate()).isValid()).isTrue();
    }

    @Test
    void with_a_list_that_does_not_name_its_authoritys_key_nobody_is_valid() throws Exception {
        SigningIdentity other = root.issue(CertificateRequest.of("other", NodeOu.CLIENT));
        Msp msp = Msp.from(config().addRevocationList(revocationOf(member.certificate(), root, false))
                .build());

        assertThat(msp.identity(member.certificate()).isValid()).isFalse();
        assertThat(msp.identity(other.certificate()).isValid()).isFalse();
    }

    @Test
    void a_revocation_by_a_stranger_of_the_same_name_counts_for_nothing() throws Exception {
        DevelopmentCa stranger = DevelopmentCa.create("AuditMSP", "ca.audit");
        Msp msp = Msp.from(config().addRevocationList(revocationOf(member.certificate(), stranger))
                .build());

        assertThat(msp.identity(member.certificate()).isValid()).isTrue();
    }

    @Test
    void with_an_intermediate_authority_the_root_certifies_no_members_any_more() throws Exception {
        DevelopmentCa intermediate = intermediate();
        SigningIdentity below = intermediate.issue(CertificateRequest.of("below", NodeOu.PEER));
        Msp msp = Msp.from(
                config().addIntermediateCerts(pem(intermediate.certificate())).build());

        assertThat(msp.identity(below.certificate()).isValid()).isTrue();
        assertThat(msp.identity(member.certificate()).isValid()).isFalse();
        assertThat(msp.identity(below.certificate()).certifiers())
                .isNotEqualTo(msp.identity(member.certificate()).certifiers());
        assertThatThrownBy(() -> Msp.from(config().build()).identity(below.certificate()))
                .isInstanceOf(MspException.class);
    }

    @Test
    void an_intermediate_that_leads_to_no_root_and_a_list_that_is_none_are_refused() throws Exception {
        DevelopmentCa other = DevelopmentCa.create("AuditMSP", "ca.other");
        assertThatThrownBy(() -> Msp.from(
                        config().addIntermediateCerts(pem(other.certificate())).build()))
                .hasMessageContaining("chains to no root");
        assertThatThrownBy(() -> Msp.from(config().addRevocationList(ByteString.copyFromUtf8("no list"))
                        .build()))
                .hasMessageContaining("could not parse RevocationList");
        assertThatThrownBy(() -> Msp.from(config().clearRootCerts().build()))
                .hasMessageContaining("at least one CA certificate");
    }

    @Test
    void without_node_ous_listed_certificates_are_administrators_and_nobody_is_a_peer() throws Exception {
        SigningIdentity peer = root.issue(CertificateRequest.of("peer", NodeOu.PEER));
        Msp msp = Msp.from(config().clearFabricNodeOus()
                .addAdmins(pem(member.certificate()))
                .build());

        assertThat(msp.identity(member.certificate()).hasRole(MspIdentity.Role.ADMIN))
                .isTrue();
        assertThat(msp.identity(peer.certificate()).hasRole(MspIdentity.Role.ADMIN))
                .isFalse();
        assertThat(msp.identity(peer.certificate()).hasRole(MspIdentity.Role.PEER))
                .isFalse();
        assertThat(msp.identity(peer.certificate()).isValid()).isTrue();
    }

    @Test
    void members_without_a_demanded_unit_are_not_valid() throws Exception {
        Msp msp =
                Msp.from(config().addOrganizationalUnitIdentifiers(unit("peer")).build());
        SigningIdentity peer = root.issue(CertificateRequest.of("peer", NodeOu.PEER));

        assertThat(msp.identity(peer.certificate()).isValid()).isTrue();
        assertThat(msp.identity(member.certificate()).isValid()).isFalse();
        assertThat(List.of(msp.identity(peer.certificate()).hasUnit("peer"))).containsExactly(true);
    }
}
