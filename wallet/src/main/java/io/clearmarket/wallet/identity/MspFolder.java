package io.clearmarket.wallet.identity;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MSP folder that Fabric's peer, orderer and tools read, laid out as cryptogen does, with Node OUs. */
public final class MspFolder {
    private static final String CONFIG = """
            NodeOUs:
              Enable: true
              ClientOUIdentifier:
                Certificate: cacerts/ca-cert.pem
                OrganizationalUnitIdentifier: client
              PeerOUIdentifier:
                Certificate: cacerts/ca-cert.pem
                OrganizationalUnitIdentifier: peer
              AdminOUIdentifier:
                Certificate: cacerts/ca-cert.pem
                OrganizationalUnitIdentifier: admin
              OrdererOUIdentifier:
                Certificate: cacerts/ca-cert.pem
                OrganizationalUnitIdentifier: orderer
            """;

    private MspFolder() {}

    /** The organisation's own folder, as in a channel's configuration: CA certificates, no member. */
    public static void writeOrganisation(Path folder, X509Certificate ca, @Nullable X509Certificate tlsCa) {
        PrivateFiles.write(folder.resolve("cacerts/ca-cert.pem"), Pem.encode(ca));
        if (tlsCa != null) {
            PrivateFiles.write(folder.resolve("tlscacerts/tlsca-cert.pem"), Pem.encode(tlsCa));
        }
        PrivateFiles.write(folder.resolve("config.yaml"), CONFIG);
    }

    /** A member's folder: the organisation's, and the member's certificate and unencrypted private key. */
    public static void write(Path folder, SigningIdentity member, X509Certificate ca, @Nullable X509Certificate tlsCa) {
        writeOrganisation(folder, ca, tlsCa);
        PrivateFiles.write(folder.resolve("signcerts/cert.pem"), member.certificatePem());
        PrivateFiles.write(folder.resolve("keystore/priv_sk"), Pem.encode(member.privateKey()));
    }

    /**
     * The member of a folder with exactly one file in {@code signcerts} and one in {@code keystore}.
     *
     * @throws WalletException naming the file and what is wrong with it
     */
    public static SigningIdentity read(String mspId, Path folder) {
        Path certificate = only(folder.resolve("signcerts"));
        Path key = only(folder.resolve("keystore"));
        return readPem(mspId, certificate, key);
    }

    /**
     * An identity from its two PEM files.
     *
     * @throws WalletException naming the file and what is wrong with it
     */
    public static SigningIdentity readPem(String mspId, Path certificateFile, Path keyFile) {
        X509Certificate certificate;
        try {
            certificate = Pem.certificate(PrivateFiles.readText(certificateFile));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(certificateFile, e);
        }
        try {
            return new SigningIdentity(mspId, certificate, Pem.privateKey(PrivateFiles.readText(keyFile)));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(keyFile, e);
        }
    }

    private static Path only(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile).toList();
            if (files.size() != 1) {
                throw WalletException.of(folder, "holds " + files.size() + " files where one is expected");
            }
            return files.getFirst();
        } catch (IOException e) {
            throw WalletException.of(folder, "cannot be listed: " + e.getMessage(), e);
        }
    }
}
