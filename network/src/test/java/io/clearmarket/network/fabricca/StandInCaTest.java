package io.clearmarket.network.fabricca;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the stand-in; what goes over the wire is {@link WireFormatTest}. */
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
}
