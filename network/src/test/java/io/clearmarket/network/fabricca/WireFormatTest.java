package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearmarket.network.fabricca.StandInCa.Exchange;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What goes over the wire, beside what Fabric CA's own client sent to Fabric CA's own server (both 1.5.21, recorded between
 * the two with keys made for it).
 */
class WireFormatTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BUYER = "buyer-3f9c0a1b";
    private static final String PEM_HEAD = "-----BEGIN CERTIFICATE REQUEST-----\n";

    private final List<Exchange> recorded = recorded();
    private StandInCa server;
    private FabricCa ca;

    @BeforeEach
    void start() throws Exception {
        server = StandInCa.start();
        ca = FabricCa.at(server.address(), "PlatformMSP", "ca-platform", server.tlsRoot);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<Exchange> recorded() {
        try (InputStream file =
                Objects.requireNonNull(WireFormatTest.class.getResourceAsStream("fabric-ca-client-1.5.21.json"))) {
            return List.of(JSON.readValue(file, Exchange[].class));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Exchange recorded(String operation, String inBody) {
        return recorded.stream()
                .filter(each ->
                        each.uri().equals("/" + operation) && each.body().contains(inBody))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tokens_of_fabrics_own_client_sign_the_very_bytes_that_ours_signs_and_no_others() {
        List<Exchange> signed = recorded.stream()
                .filter(each -> each.authorization().contains("."))
                .toList();
        assertThat(signed).hasSize(5);
        for (Exchange each : signed) {
            String[] parts = each.authorization().split("\\.", -1);
            X509Certificate certificate =
                    Pem.certificate(new String(Base64.getDecoder().decode(parts[0]), UTF_8));
            byte[] signature = Base64.getDecoder().decode(parts[1]);
            String text = AuthorizationToken.signedText(
                    parts[0], each.method(), each.uri(), each.body().getBytes(UTF_8));
            assertThat(P256.verify(certificate.getPublicKey(), text.getBytes(UTF_8), signature))
                    .as(each.uri())
                    .isTrue();
            for (int at = 0; at < text.length(); at++) {
                byte[] changed = text.getBytes(UTF_8);
                changed[at] ^= 1;
                assertThat(P256.verify(certificate.getPublicKey(), changed, signature))
                        .as("%s with byte %s changed", each.uri(), at)
                        .isFalse();
            }
        }
    }

    @Test
    void the_stand_in_believes_those_tokens_and_none_for_another_request() {
        Exchange register = recorded("register", BUYER);
        byte[] body = register.body().getBytes(UTF_8);
        assertThat(KeyIdentifiers.commonName(StandInCa.signer(register.authorization(), "POST", register.uri(), body)))
                .isEqualTo("admin");
        assertThatExceptionOfType(StandInCa.Refused.class)
                .isThrownBy(() -> StandInCa.signer(register.authorization(), "POST", "/revoke", body));
        assertThatExceptionOfType(StandInCa.Refused.class)
                .isThrownBy(() -> StandInCa.signer(register.authorization(), "PUT", register.uri(), body));
    }

    @Test
    void bodies_are_byte_for_byte_those_of_fabrics_own_client() {
        SigningIdentity admin = ca.enroll("admin", "adminpw").member();
        ca.register(admin, new Registration(BUYER, NodeOu.CLIENT, "", "once", 1, Map.of("role", "buyer")));
        assertThat(last().uri()).isEqualTo("/api/v1/register");
        assertThat(last().body()).isEqualTo(recorded("register", BUYER).body());

        SigningIdentity buyer = ca.enroll(BUYER, "once").member();
        assertThat(last().authorization())
                .isEqualTo(recorded("enroll", "MIIBQTCB6AIBADBm").authorization());
        ca.revokeCertificate(admin, buyer.certificate(), "superseded");
        JsonNode theirs = JSON.readTree(recorded("revoke", "serial").body());
        // another certificate, so another serial number and key id, of the same form
        assertThat(last().body())
                .isEqualTo(recorded("revoke", "serial")
                        .body()
                        .replace(
                                theirs.path("serial").stringValue(),
                                buyer.certificate().getSerialNumber().toString(16))
                        .replace(theirs.path("aki").stringValue(), KeyIdentifiers.authority(buyer.certificate())));
        ca.revokeIdentity(admin, BUYER, "keycompromise");
        assertThat(last().body()).isEqualTo(recorded("revoke", BUYER).body());
        ca.chain();
        assertThat(last().body()).isEqualTo(recorded("cainfo", "").body());
        assertThat(last().authorization()).isEmpty();
        ca.revocationList(admin);
        // without the bounds, which their client sends as the beginning of time, for none
        assertThat(recorded("gencrl", "").body())
                .startsWith(last().body().substring(0, last().body().length() - 1) + ",\"revokedafter\":\"0001-");
    }

    /** Their client adds what of a request is empty, and writes the CA's name as CAName; the published API has caname. */
    @Test
    void enrolments_carry_the_signing_request_and_the_cas_name() {
        SigningIdentity admin = ca.enroll("admin", "adminpw").member();
        assertEnrols(admin);
        assertEnrols(ca.reenroll(admin).member());
        for (Exchange each : List.of(recorded("enroll", ""), recorded("reenroll", ""))) {
            JsonNode body = JSON.readTree(each.body());
            assertThat(body.path("certificate_request").stringValue()).startsWith(PEM_HEAD);
            assertThat(body.path("CAName").stringValue()).isEqualTo("ca-platform");
        }
    }

    private void assertEnrols(SigningIdentity member) {
        String request =
                JSON.readTree(last().body()).path("certificate_request").stringValue();
        assertThat(request).startsWith(PEM_HEAD);
        assertThat(Csr.parse(request).publicKey())
                .isEqualTo(member.certificate().getPublicKey());
        assertThat(last().body())
                .isEqualTo("{\"certificate_request\":" + JSON.writeValueAsString(request)
                        + ",\"caname\":\"ca-platform\"}");
    }

    @Test
    void the_stand_in_answers_with_the_status_and_in_the_form_of_fabrics_own_server() {
        SigningIdentity admin = ca.enroll("admin", "adminpw").member();
        assertThat(last()).satisfies(ours -> assertAlike(ours, recorded("enroll", "")));
        ca.register(admin, Registration.client(BUYER, Map.of()));
        assertThat(last()).satisfies(ours -> assertAlike(ours, recorded("register", "")));
        ca.reenroll(admin);
        assertThat(last()).satisfies(ours -> assertAlike(ours, recorded("reenroll", "")));
        ca.chain();
        assertThat(last()).satisfies(ours -> assertAlike(ours, recorded("cainfo", "")));
        ca.revocationList(admin);
        assertThat(last()).satisfies(ours -> assertAlike(ours, recorded("gencrl", "")));
        ca.revokeCertificate(admin, admin.certificate(), "");
        assertThat(last()).satisfies(ours -> assertAlike(ours, recorded("revoke", "serial")));
    }

    private static void assertAlike(Exchange ours, Exchange theirs) {
        assertThat(ours.status()).isEqualTo(theirs.status());
        assertThat(fields("", JSON.readTree(theirs.answer()))).containsAll(fields("", JSON.readTree(ours.answer())));
    }

    /** Where there is a value, and of which kind. */
    private static Set<String> fields(String at, JsonNode node) {
        Set<String> all = new TreeSet<>();
        if (node.isObject()) {
            node.propertyStream().forEach(each -> all.addAll(fields(at + "/" + each.getKey(), each.getValue())));
        } else if (node.isArray()) {
            all.add(at + "[]");
            node.forEach(each -> all.addAll(fields(at + "[]", each)));
        } else {
            all.add(at + " " + node.getNodeType());
        }
        return all;
    }

    private Exchange last() {
        return server.exchanges.getLast();
    }
}
