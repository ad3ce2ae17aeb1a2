package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the stand-in, which also shows what was sent. */
class StandInCaTest extends FabricCaContract {
    private StandInCa server;

    @BeforeEach
    void start() throws Exception {
        server = StandInCa.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    FabricCa ca() {
        return FabricCa.at(server.address(), "PlatformMSP", "ca-platform", server.tlsRoot);
    }

    @Override
    FabricCa mistaken(DevelopmentCa stranger) {
        return FabricCa.at(server.address(), "PlatformMSP", "", stranger.certificate());
    }

    @Test
    void a_token_is_the_certificate_and_a_signature_over_method_path_body_and_certificate() {
        SigningIdentity member = registrar();
        byte[] body = "{\"id\":\"x\"}".getBytes(UTF_8);
        String token = AuthorizationToken.of(member, "POST", "/api/v1/register", body);

        String[] parts = token.split("\\.", -1);
        assertThat(parts).hasSize(2);
        assertThat(new String(Base64.getDecoder().decode(parts[0]), UTF_8)).isEqualTo(member.certificatePem());
        // written out: base64 of /api/v1/register and of {"id":"x"}
        String signed = "POST.L2FwaS92MS9yZWdpc3Rlcg==.eyJpZCI6IngifQ==." + parts[0];
        byte[] signature = Base64.getDecoder().decode(parts[1]);
        assertThat(P256.verify(member.certificate().getPublicKey(), signed.getBytes(UTF_8), signature))
                .isTrue();
        assertThat(P256.isLowS(signature)).isTrue();
    }

    @Test
    void every_request_names_the_ca_and_attributes_go_into_the_certificate() {
        SigningIdentity registrar = registrar();
        ca().register(registrar, Registration.client("buyer-1", Map.of("role", "buyer")));
        ca().revokeCertificate(registrar, registrar.certificate(), "superseded");
        assertThat(server.bodies)
                .allSatisfy(
                        body -> assertThat(body.path("caname").stringValue()).isEqualTo("ca-platform"));
        assertThat(server.bodies.get(1).path("attrs").path(0).path("ecert").asBoolean())
                .isTrue();
        assertThat(server.bodies.getLast().path("aki").stringValue())
                .isEqualTo(KeyIdentifiers.authority(registrar.certificate()));
        assertThat(server.bodies.getLast().path("serial").stringValue())
                .isEqualTo(registrar.certificate().getSerialNumber().toString(16));
    }
}
