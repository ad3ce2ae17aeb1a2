package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.identity.Pem;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;

/** One organisation: its certificate authorities, the names of its Node OUs, its listed administrators. */
final class Msp {
    private final String id;
    private final CertificationTree tree;
    private final Map<String, MspIdentity.Role> roles;
    private final Set<X509Certificate> admins;
    private final Set<String> requiredUnits;

    private Msp(
            String id,
            CertificationTree tree,
            Map<String, MspIdentity.Role> roles,
            Set<X509Certificate> admins,
            Set<String> requiredUnits) {
        this.id = id;
        this.tree = tree;
        this.roles = roles;
        this.admins = admins;
        this.requiredUnits = requiredUnits;
    }

    static Msp from(FabricMSPConfig config) throws MspException {
        CertificationTree tree = CertificationTree.of(
                config.getRootCertsList(), config.getIntermediateCertsList(), config.getRevocationListList());
        Set<X509Certificate> admins = new HashSet<>();
        for (ByteString admin : config.getAdminsList()) {
            admins.add(certificate(admin));
        }
        Set<String> units = new HashSet<>();
        config.getOrganizationalUnitIdentifiersList()
                .forEach(unit -> units.add(unit.getOrganizationalUnitIdentifier()));
        return new Msp(config.getName(), tree, roles(config.getFabricNodeOus()), admins, units);
    }

    /** By organisational unit; none if the organisation does without Node OUs. */
    private static Map<String, MspIdentity.Role> roles(FabricNodeOUs units) {
        Map<String, MspIdentity.Role> roles = new HashMap<>();
        if (units.getEnable()) {
            put(roles, units.getClientOuIdentifier(), MspIdentity.Role.CLIENT);
            put(roles, units.getPeerOuIdentifier(), MspIdentity.Role.PEER);
            put(roles, units.getAdminOuIdentifier(), MspIdentity.Role.ADMIN);
            put(roles, units.getOrdererOuIdentifier(), MspIdentity.Role.ORDERER);
        }
        return Map.copyOf(roles);
    }

    private static void put(Map<String, MspIdentity.Role> roles, FabricOUIdentifier unit, MspIdentity.Role role) {
        if (!unit.getOrganizationalUnitIdentifier().isEmpty()) {
            roles.put(unit.getOrganizationalUnitIdentifier(), role);
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

    /**
     * Whether a certificate has expired is deliberately not looked at: Fabric sets its verification clock to a second after the
     * certificate's beginning. So only its authority must have been valid then.
     */
    MspIdentity identity(X509Certificate certificate) throws MspException {
        List<X509Certificate> chain = tree.chainAbove(certificate)
                .filter(authorities -> coverBeginning(authorities, certificate))
                .orElseThrow(() ->
                        new MspException("could not obtain certification chain: the supplied identity is not valid: "
                                + "x509: certificate signed by unknown authority"));
        X509Identity identity = X509Identity.of(id, certificate, roles, CertificationTree.identifier(chain));
        X509Certificate issuer = chain.getFirst();
        boolean sound = tree.isLeaf(issuer)
                && !tree.isRevoked(certificate, issuer)
                && (requiredUnits.isEmpty() || requiredUnits.stream().anyMatch(identity::hasUnit));
        return identity.judged(sound, !roles.isEmpty(), admins.contains(certificate));
    }

    private static boolean coverBeginning(List<X509Certificate> authorities, X509Certificate certificate) {
        Instant begun = certificate.getNotBefore().toInstant().plusSeconds(1);
        return authorities.stream()
                .noneMatch(authority -> begun.isBefore(authority.getNotBefore().toInstant())
                        || begun.isAfter(authority.getNotAfter().toInstant()));
    }
}
