package io.clearmarket.gateway.identity;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Certificates for keys that were made on people's own devices, by the organisation's development CA. */
@Service
public class Enrolments {
    private static final int DAYS = 365;
    private static final Duration TOKEN_VALIDITY = Duration.ofDays(30);

    /** Which organisation takes in whom, where the configuration does not say. */
    private static final Map<Role, String> ORGANISATIONS = Map.of(
            Role.BUYER, "PlatformMSP",
            Role.MERCHANT, "MerchantsMSP",
            Role.CARRIER, "MerchantsMSP",
            Role.DEVICE, "MerchantsMSP",
            Role.ARBITER, "AuditMSP",
            Role.AUDITOR, "AuditMSP");

    private final Map<String, Path> folders;
    private final Map<Path, DevelopmentCa> opened = new ConcurrentHashMap<>();
    private final @Nullable DevelopmentTokens tokens;

    Enrolments(GatewayProperties properties, ObjectProvider<DevelopmentTokens> tokens) {
        this.folders = properties.enrolment().isEmpty() ? developmentCas(properties) : properties.enrolment();
        this.tokens = tokens.getIfAvailable();
    }

    private static Map<String, Path> developmentCas(GatewayProperties properties) {
        Path file = properties.networkFile();
        if (!properties.development() || file == null) {
            return Map.of();
        }
        NetworkFile network = NetworkFile.read(file);
        Map<String, Path> folders = new HashMap<>();
        ORGANISATIONS.forEach((role, mspId) -> network.find(mspId)
                .map(NetworkFile.Organization::caDirectory)
                .ifPresent(ca -> folders.put(role.name().toLowerCase(Locale.ROOT), file.resolveSibling(ca))));
        return folders;
    }

    /**
     * A new member.
     *
     * @param party who the key makes them
     * @param mspId their organisation
     * @param certificate PEM, under a pseudonym
     * @param caCertificate PEM of the organisation's CA
     * @param token a development token for the new party; absent in production
     */
    public record Enrolled(
            PartyId party,
            String mspId,
            String certificate,
            String caCertificate,
            @Nullable String token) {}

    /**
     * Issues a certificate whose role attribute is the role; empty if this gateway enrols nobody in that role.
     *
     * @param csr the request, whose own signature has been checked
     */
    public Optional<Enrolled> enrol(Csr csr, Role role) {
        String kind = role.name().toLowerCase(Locale.ROOT);
        Path folder = folders.get(kind);
        if (folder == null) {
            return Optional.empty();
        }
        DevelopmentCa ca = opened.computeIfAbsent(folder, DevelopmentCa::load);
        X509Certificate certificate = ca.issueFromCsr(csr, kind, Map.of(Role.ATTRIBUTE, kind), Validity.ofDays(DAYS));
        PartyId party = PartyId.of(certificate);
        String token = tokens == null
                ? null
                : tokens.issue(new Caller(kind + ":" + party, Set.of(role), party, null), TOKEN_VALIDITY);
        return Optional.of(
                new Enrolled(party, ca.mspId(), Pem.encode(certificate), Pem.encode(ca.certificate()), token));
    }
}
