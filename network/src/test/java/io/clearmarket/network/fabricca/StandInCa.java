package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as Fabric CA's published API (swagger-fabric-ca.json, cfssl's envelope) says it does, and checks what it gets as
 * it does: basic authentication by secret, and tokens byte by byte over method, path, body and certificate.
 */
final class StandInCa implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int UNLIMITED = -1;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final Set<String> MAKING = Set.of("/api/v1/enroll", "/api/v1/reenroll", "/api/v1/register");
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    final DevelopmentCa authority = DevelopmentCa.create("PlatformMSP", "ca.platform");
    final X509Certificate tlsRoot;
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final Map<String, String> secrets = new HashMap<>(Map.of("admin", "adminpw"));
    private final Map<String, Integer> enrolments = new HashMap<>();
    private final Map<String, Map<String, String>> attributes = new HashMap<>();
    private final Map<String, BigInteger> serials = new HashMap<>();
    private final Set<BigInteger> revoked = new HashSet<>();
    private final HttpsServer server;
    private final DevelopmentCa tls = DevelopmentCa.create("PlatformMSP", "tlsca.platform");

    /** A request and its answer, bodies as they were on the wire. */
    record Exchange(String method, String uri, String authorization, String body, int status, String answer) {}

    private StandInCa() throws Exception {
        tlsRoot = tls.certificate();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/api/v1/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static StandInCa start() throws Exception {
        return new StandInCa();
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    private SSLContext context() throws Exception {
        SigningIdentity identity = tls.issueTls("ca", List.of("localhost"), List.of("127.0.0.1"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", identity.privateKey(), new char[0], new Certificate[] {identity.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String authorization =
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        int status;
        Map<String, Object> envelope = new LinkedHashMap<>();
        try {
            JsonNode json = JSON.readTree(body);
            Object result = switch (path) {
                case "/api/v1/cainfo" -> info();
                case "/api/v1/enroll" -> issue(basic(authorization), json);
                case "/api/v1/reenroll" -> issue(token(authorization, path, body), json);
                case "/api/v1/register" -> register(token(authorization, path, body), json);
                case "/api/v1/revoke" -> revoke(token(authorization, path, body), json);
                case "/api/v1/gencrl" -> Map.of("CRL", list(token(authorization, path, body)));
                default -> throw new Refused(404, 0, "no such endpoint " + path);
            };
            status = MAKING.contains(path) ? CREATED : OK;
            envelope.put("result", result);
            envelope.put("errors", List.of());
            envelope.put("messages", List.of());
            envelope.put("success", true);
        } catch (Refused refused) {
            status = refused.status;
            envelope.put("result", "");
            envelope.put("errors", List.of(Map.of("code", refused.code, "message", refused.getMessage())));
            envelope.put("messages", List.of());
            envelope.put("success", false);
        }
        byte[] answer = JSON.writeValueAsBytes(envelope);
        exchanges.add(new Exchange(
                exchange.getRequestMethod(),
                path,
                authorization,
                new String(body, UTF_8),
                status,
                new String(answer, UTF_8)));
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final int code;

        Refused(int status, int code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private String basic(String header) {
        String[] parts =
                new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8).split(":", 2);
        if (!parts[1].equals(secrets.get(parts[0])) || enrolments.getOrDefault(parts[0], UNLIMITED) == 0) {
            throw new Refused(401, 20, "Authentication failure");
        }
        enrolments.computeIfPresent(parts[0], (id, left) -> left - 1);
        return parts[0];
    }

    private String token(String header, String path, byte[] body) {
        X509Certificate certificate = signer(header, "POST", path, body);
        if (revoked.contains(certificate.getSerialNumber())) {
            throw new Refused(401, 20, "Authentication failure");
        }
        return KeyIdentifiers.commonName(certificate);
    }

    /** Fabric CA's util.VerifyToken, written from its description: whose token it is. */
    static X509Certificate signer(String header, String method, String uri, byte[] body) {
        String[] parts = header.split("\\.", -1);
        X509Certificate certificate =
                Pem.certificate(new String(Base64.getDecoder().decode(parts[0]), UTF_8));
        byte[] signed = (method + "." + BASE64.encodeToString(uri.getBytes(UTF_8)) + "." + BASE64.encodeToString(body)
                        + "." + parts[0])
                .getBytes(UTF_8);
        boolean good = P256.verify(
                certificate.getPublicKey(), signed, Base64.getDecoder().decode(parts[1]));
        if (parts.length != 2 || !good) {
            throw new Refused(401, 20, "Authentication failure");
        }
        return certificate;
    }

    private Map<String, Object> issue(String id, JsonNode body) {
        Csr csr = Csr.parse(body.path("certificate_request").stringValue());
        CertificateRequest request = CertificateRequest.of(id, NodeOu.CLIENT).withValidity(Validity.ofDays(365));
        for (Map.Entry<String, String> attribute :
                attributes.getOrDefault(id, Map.of()).entrySet()) {
            request = request.withAttribute(attribute.getKey(), attribute.getValue());
        }
        X509Certificate certificate = authority.issue(csr.publicKey(), request);
        serials.put(id, certificate.getSerialNumber());
        return Map.of("Cert", BASE64.encodeToString(Pem.encode(certificate).getBytes(UTF_8)), "ServerInfo", info());
    }

    private Map<String, Object> info() {
        return Map.of(
                "CAName",
                "ca-platform",
                "CAChain",
                BASE64.encodeToString(Pem.encode(authority.certificate()).getBytes(UTF_8)),
                "Version",
                "1.5.15");
    }

    private Map<String, Object> register(String registrar, JsonNode body) {
        String id = body.path("id").stringValue();
        if (!registrar.equals("admin")) {
            throw new Refused(401, 71, "Authorization failure");
        }
        if (secrets.containsKey(id)) {
            throw new Refused(500, 0, "Identity '" + id + "' is already registered");
        }
        String secret = body.path("secret").asString("made-up");
        secrets.put(id, secret);
        enrolments.put(id, body.path("max_enrollments").asInt(UNLIMITED));
        Map<String, String> own = new HashMap<>();
        body.path("attrs")
                .forEach(attribute -> own.put(
                        attribute.path("name").stringValue(),
                        attribute.path("value").stringValue()));
        attributes.put(id, own);
        return Map.of("secret", secret);
    }

    private Map<String, Object> revoke(String registrar, JsonNode body) {
        if (!registrar.equals("admin")) {
            throw new Refused(401, 71, "Authorization failure");
        }
        BigInteger serial = body.has("serial")
                ? new BigInteger(body.path("serial").stringValue(), 16)
                : Objects.requireNonNull(serials.get(body.path("id").stringValue()));
        revoked.add(serial);
        return Map.of(
                "RevokedCerts",
                List.of(Map.of(
                        "Serial", serial.toString(16), "AKI", body.path("aki").asString("aa"))),
                "CRL",
                "");
    }

    // the library's interface knows no newer kind of date
    @SuppressWarnings("JavaUtilDate")
    private String list(String registrar) {
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(
                    X500Name.getInstance(
                            authority.certificate().getSubjectX500Principal().getEncoded()),
                    new Date());
            revoked.forEach(serial -> list.addCRLEntry(serial, new Date(), 1));
            // any signature will do here: the client hands the list on, and peers check it
            byte[] der = list.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(P256.generate().getPrivate()))
                    .getEncoded();
            return BASE64.encodeToString(Pem.encode("X509 CRL", der).getBytes(UTF_8));
        } catch (Exception e) {
            throw new Refused(500, 0, registrar + ": " + e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
