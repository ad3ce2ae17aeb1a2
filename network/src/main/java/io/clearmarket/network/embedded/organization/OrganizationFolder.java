package io.clearmarket.network.embedded.organization;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * One organisation's folder: {@code ca/} and {@code tlsca/} (authorities with their keys), {@code msp/} (what others need to
 * know), {@code node/msp} and {@code node/tls} (its peer or orderer), {@code users/NAME/msp}. What is missing is made on
 * opening, what is there is kept. Private keys are readable by their owner only.
 */
public final class OrganizationFolder {
    private static final List<String> DNS_NAMES = List.of("localhost");
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final String mspId;
    private final DevelopmentCa ca;
    private final DevelopmentCa tlsCa;
    private final SigningIdentity node;

    private OrganizationFolder(Path folder, String mspId, DevelopmentCa ca, DevelopmentCa tlsCa, SigningIdentity node) {
        this.folder = folder;
        this.mspId = mspId;
        this.ca = ca;
        this.tlsCa = tlsCa;
        this.node = node;
    }

    /**
     * Opens or makes an organisation.
     *
     * @param nodeName such as {@code peer0} or {@code orderer}
     * @param nodeOu {@code PEER} or {@code ORDERER}
     * @param host address that the node's TLS certificate must cover besides the loopback
     */
    public static OrganizationFolder open(Path folder, String mspId, String nodeName, NodeOu nodeOu, String host) {
        DevelopmentCa ca = authority(folder.resolve("ca"), mspId, "ca." + mspId);
        DevelopmentCa tlsCa = authority(folder.resolve("tlsca"), mspId, "tlsca." + mspId);
        MspFolder.writeOrganisation(folder.resolve("msp"), ca.certificate(), tlsCa.certificate());
        Path nodeMsp = folder.resolve("node/msp");
        if (!Files.isDirectory(nodeMsp.resolve("keystore"))) {
            MspFolder.write(
                    nodeMsp,
                    ca.issue(CertificateRequest.of(nodeName + "." + mspId, nodeOu)
                            .withValidity(Validity.ofDays(3650))),
                    ca.certificate(),
                    tlsCa.certificate());
        }
        serverCertificate(folder.resolve("node/tls"), nodeName + "." + mspId, tlsCa, host);
        return new OrganizationFolder(folder, mspId, ca, tlsCa, MspFolder.read(mspId, nodeMsp));
    }

    private static DevelopmentCa authority(Path folder, String mspId, String commonName) {
        if (!Files.exists(folder.resolve("ca-key.pem"))) {
            DevelopmentCa.create(mspId, commonName).save(folder);
        }
        return DevelopmentCa.load(folder);
    }

    /** Issued again on each start: it is cheap, and so it covers the host of today and never expires in use. */
    private static void serverCertificate(Path folder, String commonName, DevelopmentCa tlsCa, String host) {
        boolean loopback = host.equals(LOOPBACK);
        SigningIdentity server =
                tlsCa.issueTls(commonName, DNS_NAMES, loopback ? List.of(LOOPBACK) : List.of(LOOPBACK, host));
        PrivateFiles.write(folder.resolve("server-cert.pem"), server.certificatePem());
        PrivateFiles.write(folder.resolve("server-key.pem"), Pem.encode(server.privateKey()));
    }

    public String mspId() {
        return mspId;
    }

    /** The organisation's public MSP folder. */
    public Path mspDirectory() {
        return folder.resolve("msp");
    }

    public X509Certificate caCertificate() {
        return ca.certificate();
    }

    public X509Certificate tlsCaCertificate() {
        return tlsCa.certificate();
    }

    /** Where {@link #tlsCaCertificate()} lies in PEM. */
    public Path tlsCaFile() {
        return folder.resolve("tlsca/ca-cert.pem");
    }

    public Path serverCertificateFile() {
        return folder.resolve("node/tls/server-cert.pem");
    }

    public Path serverKeyFile() {
        return folder.resolve("node/tls/server-key.pem");
    }

    /** What the organisation's peer or orderer signs with. */
    public io.clearmarket.network.embedded.msp.SigningIdentity node() {
        return io.clearmarket.network.embedded.msp.SigningIdentity.of(mspId, node.certificate(), node.privateKey());
    }

    /** The authority itself, for certificates of a shape that {@link #user} does not make. */
    public DevelopmentCa ca() {
        return ca;
    }

    /** The authority for certificates of nodes' TLS. */
    public DevelopmentCa tlsCa() {
        return tlsCa;
    }

    /** Where a user's MSP folder is, or would be. */
    public Path userDirectory(String name) {
        return folder.resolve("users").resolve(name).resolve("msp");
    }

    /**
     * The user of this name: read from {@code users/NAME/msp}, or enrolled and written there.
     *
     * @throws IllegalArgumentException if the name is not a plain file name
     */
    public SigningIdentity user(String name, NodeOu ou, Map<String, String> attributes) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
            throw new IllegalArgumentException("not a user name: '" + name
                    + "' (letters, digits, '.', '_', '@' and '-', beginning with a letter or digit, at most 64)");
        }
        Path msp = userDirectory(name);
        synchronized (this) {
            if (!Files.isDirectory(msp.resolve("keystore"))) {
                CertificateRequest request = CertificateRequest.of(name, ou);
                for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                    request = request.withAttribute(attribute.getKey(), attribute.getValue());
                }
                MspFolder.write(msp, ca.issue(request), ca.certificate(), tlsCa.certificate());
            }
            return MspFolder.read(mspId, msp);
        }
    }
}
