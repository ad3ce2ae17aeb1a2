package io.clearmarket.network.embedded.organization;

import io.clearmarket.network.embedded.msp.SigningIdentity;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One organisation's folder: {@code ca/} and {@code tlsca/} (authorities with their keys), {@code msp/} (what others need to
 * know), {@code nodes/NAME/} (its peers or orderer), {@code users/NAME/msp} and {@code users/NAME/tls}. What is missing is made
 * on opening, what is there is kept; an authority that came without its key ({@link GivenOrganization}) issues nothing. Private
 * keys are readable by their owner only.
 */
public final class OrganizationFolder {
    private static final List<String> DNS_NAMES = List.of("localhost");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String CERTIFICATE = "ca-cert.pem";
    private static final String KEY = "ca-key.pem";

    private final Path folder;
    private final String mspId;
    private final X509Certificate caCertificate;
    private final X509Certificate tlsCaCertificate;
    private final Optional<DevelopmentCa> ca;
    private final Optional<DevelopmentCa> tlsCa;

    private OrganizationFolder(Path folder, String mspId) {
        this.folder = folder;
        this.mspId = mspId;
        this.ca = authority(folder.resolve("ca"), mspId, "ca." + mspId);
        this.tlsCa = authority(folder.resolve("tlsca"), mspId, "tlsca." + mspId);
        this.caCertificate = certificate("ca");
        this.tlsCaCertificate = certificate("tlsca");
    }

    /** Opens or makes an organisation. */
    public static OrganizationFolder open(Path folder, String mspId) {
        OrganizationFolder organization = new OrganizationFolder(folder, mspId);
        if (!Files.isDirectory(organization.mspDirectory())) {
            MspFolder.writeOrganisation(
                    organization.mspDirectory(), organization.caCertificate, organization.tlsCaCertificate);
        }
        return organization;
    }

    /** Empty if there is a certificate but no key. */
    private static Optional<DevelopmentCa> authority(Path folder, String mspId, String commonName) {
        if (!Files.exists(folder.resolve(CERTIFICATE))) {
            DevelopmentCa.create(mspId, commonName).save(folder);
        }
        return Files.exists(folder.resolve(KEY)) ? Optional.of(DevelopmentCa.load(folder)) : Optional.empty();
    }

    private X509Certificate certificate(String authority) {
        return Pem.certificate(PrivateFiles.readText(folder.resolve(authority).resolve(CERTIFICATE)));
    }

    /**
     * A peer or an orderer of the organisation.
     *
     * @param name such as {@code peer0} or {@code orderer}
     * @param ou {@code PEER} or {@code ORDERER}
     * @param host address that its TLS certificate must cover besides the loopback
     * @throws IllegalArgumentException if it has to be made and there is no authority to make it
     */
    public NodeFolder node(String name, NodeOu ou, String host) {
        Path node = folder.resolve("nodes").resolve(name);
        Path msp = node.resolve("msp");
        if (!Files.isDirectory(msp.resolve("keystore"))) {
            MspFolder.write(
                    msp,
                    ca().issue(CertificateRequest.of(name + "." + mspId, ou).withValidity(Validity.ofDays(3650))),
                    caCertificate,
                    tlsCaCertificate);
        }
        Path certificate = node.resolve("tls/server-cert.pem");
        Path key = node.resolve("tls/server-key.pem");
        // issued again on each start: it is cheap, and so it covers the host of today and never expires in use
        tlsCa.ifPresent(authority -> {
            List<String> addresses = host.equals(LOOPBACK) ? List.of(LOOPBACK) : List.of(LOOPBACK, host);
            write(certificate, key, authority.issueTls(name + "." + mspId, DNS_NAMES, addresses));
        });
        if (!Files.exists(key)) {
            throw noKey("tlsca");
        }
        io.clearmarket.wallet.identity.SigningIdentity member = MspFolder.read(mspId, msp);
        return new NodeFolder(SigningIdentity.of(mspId, member.certificate(), member.privateKey()), certificate, key);
    }

    private static void write(Path certificate, Path key, io.clearmarket.wallet.identity.SigningIdentity identity) {
        PrivateFiles.write(certificate, identity.certificatePem());
        PrivateFiles.write(key, Pem.encode(identity.privateKey()));
    }

    public String mspId() {
        return mspId;
    }

    /** The organisation's public MSP folder. */
    public Path mspDirectory() {
        return folder.resolve("msp");
    }

    public X509Certificate caCertificate() {
        return caCertificate;
    }

    public X509Certificate tlsCaCertificate() {
        return tlsCaCertificate;
    }

    /** Where {@link #tlsCaCertificate()} lies in PEM. */
    public Path tlsCaFile() {
        return folder.resolve("tlsca").resolve(CERTIFICATE);
    }

    /**
     * The authority itself, for certificates of a shape that {@link #user} does not make.
     *
     * @throws IllegalArgumentException if its key is not here
     */
    public DevelopmentCa ca() {
        return ca.orElseThrow(() -> noKey("ca"));
    }

    /**
     * The authority for certificates of TLS.
     *
     * @throws IllegalArgumentException if its key is not here
     */
    public DevelopmentCa tlsCa() {
        return tlsCa.orElseThrow(() -> noKey("tlsca"));
    }

    private IllegalArgumentException noKey(String authority) {
        return new IllegalArgumentException("the key of " + mspId + "'s authority is not in "
                + folder.resolve(authority) + ": nothing more can be issued than what was given");
    }

    /** Where a user's MSP folder is, or would be. */
    public Path userDirectory(String name) {
        return userFolder(name).resolve("msp");
    }

    private Path userFolder(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
            throw new IllegalArgumentException("not a user name: '" + name
                    + "' (letters, digits, '.', '_', '@' and '-', beginning with a letter or digit, at most 64)");
        }
        return folder.resolve("users").resolve(name);
    }

    /**
     * The user of this name: read from {@code users/NAME/msp}, or enrolled and written there.
     *
     * @throws IllegalArgumentException if the name is not a plain file name, or it has to be made and there is no authority
     */
    public synchronized io.clearmarket.wallet.identity.SigningIdentity user(
            String name, NodeOu ou, Map<String, String> attributes) {
        Path msp = userDirectory(name);
        if (!Files.isDirectory(msp.resolve("keystore"))) {
            CertificateRequest request = CertificateRequest.of(name, ou);
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                request = request.withAttribute(attribute.getKey(), attribute.getValue());
            }
            MspFolder.write(msp, ca().issue(request), caCertificate, tlsCaCertificate);
        }
        return MspFolder.read(mspId, msp);
    }

    /**
     * What a user shows to a server that wants a TLS certificate: {@code client.crt} and {@code client.key} in
     * {@code users/NAME/tls}, made where they are not there.
     *
     * @return that folder
     */
    public synchronized Path userTls(String name) {
        Path tls = userFolder(name).resolve("tls");
        if (!Files.exists(tls.resolve("client.key"))) {
            write(tls.resolve("client.crt"), tls.resolve("client.key"), tlsCa().issueTls(name, List.of(), List.of()));
        }
        return tls;
    }
}
