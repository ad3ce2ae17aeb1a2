package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * An organisation's Fabric CA (1.4 and 1.5). Keys are made here and never leave; the CA sees signing requests only.
 *
 * <pre>{@code
 * FabricCa ca = FabricCa.at(URI.create("https://ca.platform:7054"), "PlatformMSP", "", tlsRoot);
 * SigningIdentity registrar = ca.enroll("admin", secret).member();
 * String once = ca.register(registrar, Registration.client("buyer-3f9c0a1b", Map.of("role", "buyer")));
 * SigningIdentity buyer = ca.enroll("buyer-3f9c0a1b", once).member();
 * }</pre>
 */
public final class FabricCa {
    private final CaHttp http;
    private final String mspId;
    private final String caName;

    private FabricCa(CaHttp http, String mspId, String caName) {
        this.http = http;
        this.mspId = mspId;
        this.caName = caName;
    }

    /**
     * A CA; no call is made yet.
     *
     * @param server such as {@code https://127.0.0.1:7054}
     * @param mspId the organisation whose members it enrols
     * @param caName which CA of the server; empty for its default
     * @param tlsRoot against which the server's certificate is checked
     */
    public static FabricCa at(URI server, String mspId, String caName, X509Certificate tlsRoot) {
        return new FabricCa(CaHttp.to(server, tlsRoot), mspId, caName);
    }

    /**
     * A member as the CA enrolled it.
     *
     * @param chain the CA's certificates as it gives them, the issuer first
     */
    public record Enrolment(SigningIdentity member, List<X509Certificate> chain) {
        public Enrolment {
            chain = List.copyOf(chain);
        }
    }

    /** A certificate that is no longer good: serial and authority key id in lower-case hex. */
    public record Revoked(String serial, String authorityKeyId) {}

    /** Enrols with a secret, for a new key. */
    public Enrolment enroll(String id, String secret) {
        KeyPair pair = P256.generate();
        String basic = "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
        JsonNode result = http.post("enroll", signingRequest(pair, id), (method, uri, body) -> basic);
        return enrolment(result, pair);
    }

    /** A new certificate for a new key, before the old one expires. */
    public Enrolment reenroll(SigningIdentity member) {
        KeyPair pair = P256.generate();
        String id = KeyIdentifiers.commonName(member.certificate());
        return enrolment(http.post("reenroll", signingRequest(pair, id), signed(member)), pair);
    }

    /** Makes somebody known, by a registrar's authority; returns the secret to enrol with. */
    public String register(SigningIdentity registrar, Registration registration) {
        return text(http.post("register", named(registration.json()), signed(registrar)), "secret");
    }

    /**
     * Revokes every certificate of an identity, which can't enrol again.
     *
     * @param reason one of RFC 5280's, such as {@code keycompromise}; empty for none
     */
    public List<Revoked> revokeIdentity(SigningIdentity registrar, String id, String reason) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("id", id);
        return revoke(registrar, what, reason);
    }

    /** Revokes one certificate. */
    public List<Revoked> revokeCertificate(SigningIdentity registrar, X509Certificate certificate, String reason) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("serial", certificate.getSerialNumber().toString(16));
        what.put("aki", KeyIdentifiers.authority(certificate));
        return revoke(registrar, what, reason);
    }

    private List<Revoked> revoke(SigningIdentity registrar, Map<String, Object> what, String reason) {
        if (!reason.isEmpty()) {
            what.put("reason", reason);
        }
        JsonNode result = http.post("revoke", named(what), signed(registrar));
        return StreamSupport.stream(result.path("RevokedCerts").spliterator(), false)
                .map(node -> new Revoked(text(node, "Serial"), text(node, "AKI")))
                .toList();
    }

    /** The list of all that is revoked and has not expired, to be put into the channel's configuration. */
    public X509CRL revocationList(SigningIdentity registrar) {
        JsonNode result = http.post("gencrl", named(Map.of()), signed(registrar));
        byte[] pem = Base64.getDecoder().decode(text(result, "CRL"));
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(pem));
        } catch (CertificateException | CRLException e) {
            throw new CaException("the CA answers with what is no revocation list: " + e.getMessage(), e);
        }
    }

    /** The CA's certificates, the issuer first; needs no identity. */
    public List<X509Certificate> chain() {
        return chain(http.post("cainfo", named(Map.of()), (method, uri, body) -> ""));
    }

    private Map<String, Object> signingRequest(KeyPair pair, String id) {
        return named(Map.of("certificate_request", Csr.create(pair, id).toPem()));
    }

    /** In the order of the API's description, as Fabric CA's own client writes it. */
    private Map<String, Object> named(Map<String, ?> body) {
        Map<String, Object> named = new LinkedHashMap<>(body);
        if (!caName.isEmpty()) {
            named.put("caname", caName);
        }
        return named;
    }

    private static CaHttp.Authorization signed(SigningIdentity member) {
        return (method, uri, body) -> AuthorizationToken.of(member, method, uri, body);
    }

    private Enrolment enrolment(JsonNode result, KeyPair pair) {
        String pem = new String(Base64.getDecoder().decode(text(result, "Cert")), UTF_8);
        SigningIdentity member = new SigningIdentity(mspId, Pem.certificate(pem), pair.getPrivate());
        return new Enrolment(member, chain(result.path("ServerInfo")));
    }

    private static List<X509Certificate> chain(JsonNode info) {
        byte[] pem = Base64.getDecoder().decode(text(info, "CAChain"));
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new CaException("the CA's chain is none: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new CaException("the CA's answer has no " + field, 0);
        }
        return value.stringValue();
    }
}
