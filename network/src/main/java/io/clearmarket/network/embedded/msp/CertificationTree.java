package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.p256.NativeCrypto;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * An organisation's certificate authorities: self-signed roots, intermediates below them, and what they have revoked. Validity
 * dates are not looked at here, and as in Fabric a revocation counts whatever the list's own dates say.
 */
final class CertificationTree {
    private final List<X509Certificate> roots;
    private final List<X509Certificate> intermediates;
    private final List<X509CRL> revocationLists;

    private CertificationTree(
            List<X509Certificate> roots, List<X509Certificate> intermediates, List<X509CRL> revocationLists) {
        this.roots = roots;
        this.intermediates = intermediates;
        this.revocationLists = revocationLists;
    }

    /**
     * @param roots PEM certificates, at least one
     * @param intermediates PEM certificates, each issued by one of the others
     * @param revocationLists PEM or DER; one that none of the authorities signed revokes nothing
     */
    static CertificationTree of(
            List<ByteString> roots, List<ByteString> intermediates, List<ByteString> revocationLists)
            throws MspException {
        if (roots.isEmpty()) {
            throw new MspException("expected at least one CA certificate");
        }
        List<X509CRL> lists = new ArrayList<>();
        for (ByteString list : revocationLists) {
            lists.add(revocationList(list));
        }
        CertificationTree tree = new CertificationTree(certificates(roots), certificates(intermediates), lists);
        for (X509Certificate intermediate : tree.intermediates) {
            if (tree.chainAbove(intermediate).isEmpty()) {
                throw new MspException("intermediate CA certificate "
                        + intermediate.getSubjectX500Principal().getName() + " chains to no root");
            }
        }
        return tree;
    }

    private static List<X509Certificate> certificates(List<ByteString> pems) throws MspException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (ByteString pem : pems) {
            X509Certificate certificate = Msp.certificate(pem);
            if (certificate.getBasicConstraints() < 0) {
                throw new MspException("CA certificate "
                        + certificate.getSubjectX500Principal().getName() + " did not have the CA attribute");
            }
            certificates.add(certificate);
        }
        return List.copyOf(certificates);
    }

    private static X509CRL revocationList(ByteString bytes) throws MspException {
        try {
            return (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new MspException("could not parse RevocationList: " + e.getMessage());
        }
    }

    /** The authorities above a certificate, its issuer first, up to a root; empty if there is no way up. */
    Optional<List<X509Certificate>> chainAbove(X509Certificate certificate) {
        return chainAbove(certificate, intermediates.size() + 1);
    }

    /** @param longest authorities that there can be above, so that certificates which certify one another end the search */
    private Optional<List<X509Certificate>> chainAbove(X509Certificate certificate, int longest) {
        for (X509Certificate root : roots) {
            if (!root.equals(certificate) && isIssuedBy(certificate, root)) {
                return Optional.of(List.of(root));
            }
        }
        for (X509Certificate intermediate : intermediates) {
            if (longest > 0 && !intermediate.equals(certificate) && isIssuedBy(certificate, intermediate)) {
                return chainAbove(intermediate, longest - 1).map(above -> {
                    List<X509Certificate> chain = new ArrayList<>();
                    chain.add(intermediate);
                    chain.addAll(above);
                    return chain;
                });
            }
        }
        return Optional.empty();
    }

    /** Members are certified by authorities that certify no other authority. */
    boolean isLeaf(X509Certificate authority) {
        return intermediates.stream().noneMatch(other -> isIssuedBy(other, authority));
    }

    /** Fabric finds an authority's list by its key, not by its name; with a list that names no key it takes nobody for valid. */
    boolean isRevoked(X509Certificate certificate, X509Certificate issuer) {
        return revocationLists.stream().anyMatch(list -> {
            byte[] authority = authorityKey(list);
            return authority == null
                    || (Arrays.equals(authority, subjectKey(issuer))
                            && list.getRevokedCertificate(certificate.getSerialNumber()) != null
                            && isSignedBy(list, issuer));
        });
    }

    private static byte @Nullable [] authorityKey(X509CRL list) {
        byte[] extension = list.getExtensionValue(Extension.authorityKeyIdentifier.getId());
        return extension == null
                ? null
                : AuthorityKeyIdentifier.getInstance(
                                ASN1OctetString.getInstance(extension).getOctets())
                        .getKeyIdentifierOctets();
    }

    private static byte[] subjectKey(X509Certificate authority) {
        byte[] extension = authority.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return extension == null
                ? new byte[0]
                : SubjectKeyIdentifier.getInstance(
                                ASN1OctetString.getInstance(extension).getOctets())
                        .getKeyIdentifier();
    }

    /** Fabric's name of the authorities above a member: SHA-256 over their DER, the issuer's first. */
    static ByteString identifier(List<X509Certificate> chain) {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (X509Certificate authority : chain) {
                all.writeBytes(authority.getEncoded());
            }
            return ByteString.copyFrom(Digests.sha256(all.toByteArray()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed cannot be encoded", e);
        }
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate authority) {
        if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey(), NativeCrypto.provider());
            return true;
        } catch (GeneralSecurityException notByThisAuthority) {
            return false;
        }
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate authority) {
        try {
            list.verify(authority.getPublicKey(), NativeCrypto.provider());
            return true;
        } catch (GeneralSecurityException notByThisAuthority) {
            return false;
        }
    }
}
