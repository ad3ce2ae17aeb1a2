package io.clearmarket.gateway.fabric;

import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Files;
import java.nio.file.Path;

/** Identities of programs in development, made where they are absent. */
public final class DevelopmentReader {
    private DevelopmentReader() {}

    /**
     * The MSP folder of a client of an organisation. It lies beside the CA that made it and not with the program's data: another network has
     * another CA.
     *
     * @param ca folder of the organisation's development CA
     * @param name of the folder and in the certificate
     */
    public static Path folder(Path ca, String name) {
        Path made = ca.resolveSibling(name);
        if (!Files.isDirectory(made.resolve("keystore"))) {
            DevelopmentCa issuer = DevelopmentCa.load(ca);
            SigningIdentity reader = issuer.issue(CertificateRequest.of(name, NodeOu.CLIENT));
            MspFolder.write(made, reader, issuer.certificate(), null);
        }
        return made;
    }
}
