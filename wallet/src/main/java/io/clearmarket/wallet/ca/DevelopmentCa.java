package io.clearmarket.wallet.ca;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * An organisation's root CA for development, demonstrations and tests: it keeps its key in a plain file. In production an
 * organisation runs Fabric CA or its own PKI, which issue the same certificates.
 *
 * <p>The root's subject is {@code O=<MSP id>, CN=<common name>}, so a folder needs no other description.
 */
public final class DevelopmentCa {
    private static final String CERTIFICATE_FILE = "ca-cert.pem";
    private static final String KEY_FILE = "ca-key.pem";

    private final SigningIdentity root;

    private DevelopmentCa(SigningIdentity root) {
        this.root = root;
    }

    /** A new CA, valid for ten years. */
    public static DevelopmentCa create(String mspId, String commonName) {
        KeyPair pair = P256.generate();
        X509Certificate certificate = Certificates.root(pair, mspId, commonName, Validity.ofDays(3650));
        return new DevelopmentCa(new SigningIdentity(mspId, certificate, pair.getPrivate()));
    }

    /**
     * The CA that {@link #save} left in a folder.
     *
     * @throws WalletException naming the file and what is wrong with it
     */
    public static DevelopmentCa load(Path folder) {
        Path file = folder.resolve(CERTIFICATE_FILE);
        SigningIdentity unnamed = MspFolder.readPem("", file, folder.resolve(KEY_FILE));
        X509Certificate certificate = unnamed.certificate();
        var organisations = X500Name.getInstance(
                        certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.O);
        if (certificate.getBasicConstraints() < 0 || organisations.length != 1) {
            throw WalletException.of(file, "is not the certificate of a CA that names one organisation");
        }
        String mspId = IETFUtils.valueToString(organisations[0].getFirst().getValue());
        return new DevelopmentCa(new SigningIdentity(mspId, certificate, unnamed.privateKey()));
    }

    /** Writes {@code ca-cert.pem} and the unencrypted {@code ca-key.pem}, readable by their owner alone. */
    public void save(Path folder) {
        PrivateFiles.write(folder.resolve(CERTIFICATE_FILE), root.certificatePem());
        PrivateFiles.write(folder.resolve(KEY_FILE), Pem.encode(root.privateKey()));
    }

    /** The organisation. */
    public String mspId() {
        return root.mspId();
    }

    /** The self-signed root certificate. */
    public X509Certificate certificate() {
        return root.certificate();
    }

    /**
     * An enrolment certificate.
     *
     * @throws IllegalArgumentException if the key is not on P-256 or a name is not one
     */
    public X509Certificate issue(PublicKey subject, CertificateRequest request) {
        return Certificates.enrolment(root, Keys.requireP256(subject), request);
    }

    /** A new key pair and its enrolment certificate. */
    public SigningIdentity issue(CertificateRequest request) {
        KeyPair pair = P256.generate();
        return new SigningIdentity(mspId(), issue(pair.getPublic(), request), pair.getPrivate());
    }

    /**
     * An enrolment certificate for a key made elsewhere, under a pseudonym ({@link CertificateRequest#pseudonymous}). The
     * name in the CSR is not used: people put their own there, and a certificate is copied into every transaction.
     *
     * @param kind what the pseudonym begins with, such as {@code buyer}
     */
    public X509Certificate issueFromCsr(Csr csr, String kind, Map<String, String> attributes, Validity validity) {
        CertificateRequest plain = CertificateRequest.pseudonymous(kind, csr.publicKey());
        return issue(
                csr.publicKey(),
                new CertificateRequest(
                        plain.commonName(), plain.nodeOu(), attributes, validity, List.of(), List.of(), List.of()));
    }

    /** An enrolment certificate for a key made elsewhere, named by the CA's operator. */
    public X509Certificate issueFromCsr(Csr csr, CertificateRequest request) {
        return issue(csr.publicKey(), request);
    }

    /**
     * A revocation list in DER that stands for all before it. It names this CA's key: without that Fabric takes every member of the
     * organisation for invalid.
     *
     * @param revoked certificates that this CA issued, revoked as of now
     */
    public byte[] revocationList(Collection<X509Certificate> revoked) {
        return Certificates.revocationList(root, revoked);
    }

    /**
     * A TLS certificate, for a server and for a client. It carries no Node OU, so Fabric accepts it nowhere as a member.
     *
     * @param dnsNames names such as {@code localhost}
     * @param ipAddresses addresses such as {@code 127.0.0.1}
     */
    public X509Certificate issueTls(
            PublicKey subject, String commonName, List<String> dnsNames, List<String> ipAddresses, Validity validity) {
        return Certificates.tls(root, Keys.requireP256(subject), commonName, dnsNames, ipAddresses, validity);
    }

    /** A new key pair and its TLS certificate, valid for a year. */
    public SigningIdentity issueTls(String commonName, List<String> dnsNames, List<String> ipAddresses) {
        KeyPair pair = P256.generate();
        X509Certificate certificate =
                issueTls(pair.getPublic(), commonName, dnsNames, ipAddresses, Validity.ofDays(365));
        return new SigningIdentity(mspId(), certificate, pair.getPrivate());
    }
}
