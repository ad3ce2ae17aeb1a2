package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.p256.NativeCrypto;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;

/** One organisation: its certificate authority and the names of its Node OUs. */
final class Msp {
    private final String id;
    private final X509Certificate authority;
    private final Map<String, MspIdentity.Role> roles;

    private Msp(String id, X509Certificate authority, Map<String, MspIdentity.Role> roles) {
        this.id = id;
        this.authority = authority;
        this.roles = roles;
    }

    static Msp from(FabricMSPConfig config) throws MspException {
        refuseWhatIsNotDone(config);
        X509Certificate authority = certificate(config.getRootCerts(0));
        if (authority.getBasicConstraints() < 0) {
            throw new MspException("CA certificate of " + config.getName() + " did not have the CA attribute");
        }
        FabricNodeOUs units = config.getFabricNodeOus();
        Map<String, MspIdentity.Role> roles = Map.of(
                units.getClientOuIdentifier().getOrganizationalUnitIdentifier(), MspIdentity.Role.CLIENT,
                units.getPeerOuIdentifier().getOrganizationalUnitIdentifier(), MspIdentity.Role.PEER,
                units.getAdminOuIdentifier().getOrganizationalUnitIdentifier(), MspIdentity.Role.ADMIN,
                units.getOrdererOuIdentifier().getOrganizationalUnitIdentifier(), MspIdentity.Role.ORDERER);
        return new Msp(config.getName(), authority, roles);
    }

    /** Ignoring a revocation list would accept what the channel has revoked, so such a configuration does not load. */
    private static void refuseWhatIsNotDone(FabricMSPConfig config) throws MspException {
        if (config.getIntermediateCertsCount() > 0
                || config.getRevocationListCount() > 0
                || config.getAdminsCount() > 0) {
            throw new MspException(
                    "MSP " + config.getName()
                            + " has intermediate CAs, revocation lists or listed admins, which the embedded network does not do");
        }
        if (config.getRootCertsCount() != 1 || !config.getFabricNodeOus().getEnable()) {
            throw new MspException("MSP " + config.getName() + " needs exactly one root certificate, and Node OUs");
        }
    }

    static X509Certificate certificate(ByteString pem) throws MspException {
        try {
            return Pem.certificate(pem.toString(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new MspException("could not decode the PEM structure: " + e.getMessage());
        }
    }

    String id() {
        return id;
    }

    /** Validity dates are deliberately not looked at: Fabric sets its verification clock into the validity period. */
    MspIdentity identity(X509Certificate certificate) throws MspException {
        if (issuedHere(certificate)) {
            return X509Identity.of(id, certificate, roles);
        }
        throw new MspException("could not obtain certification chain: the supplied identity is not valid: "
                + "x509: certificate signed by unknown authority");
    }

    private boolean issuedHere(X509Certificate certificate) {
        if (authority.equals(certificate)
                || !authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey(), NativeCrypto.provider());
            return true;
        } catch (GeneralSecurityException notByThisAuthority) {
            return false;
        }
    }
}
