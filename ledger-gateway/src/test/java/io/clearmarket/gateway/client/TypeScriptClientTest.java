package io.clearmarket.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The TypeScript client against the Java wallet, on what a running gateway prepared: each checks what the other made. */
class TypeScriptClientTest {
    private static final Path CLIENT =
            Path.of(System.getProperty("clearmarket.root", ".."), "ledger-gateway", "storefront");

    @TempDir
    static Path folder;

    private static ClientVectors vectors;
    private static JsonNode answers;

    @BeforeAll
    static void run_its_own_tests_with_vectors_of_this_run() throws IOException, InterruptedException {
        vectors = ClientVectors.of(GatewayTestSystem.get());
        Path given = Files.writeString(folder.resolve("vectors.json"), Json.MAPPER.writeValueAsString(vectors.json()));
        Path taken = folder.resolve("answers.json");
        ProcessBuilder builder = new ProcessBuilder("node", "--test", "test/")
                .directory(CLIENT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("CLEARMARKET_VECTORS", given.toString());
        builder.environment().put("CLEARMARKET_ANSWERS", taken.toString());
        Process node = builder.start();
        String said = new String(node.getInputStream().readAllBytes(), UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        answers = Json.MAPPER.readTree(Files.readString(taken));
    }

    @Test
    void its_certificate_request_is_signed_by_the_key_that_it_names() {
        Csr csr = Csr.parse(answers.path("csr").asString());
        assertThat(csr.publicKey()).isEqualTo(key());
        assertThat(csr.requestedSubject()).isEqualTo("CN=a buyer");
    }

    @Test
    void its_signatures_are_der_with_the_lower_s() {
        assertThat(answers.path("signatures")).hasSizeGreaterThan(30).allSatisfy(each -> {
            byte[] signature = bytes(each.path("signature"));
            assertThat(P256.isLowS(signature)).isTrue();
            assertThat(P256.verify(key(), bytes(each.path("bytes")), signature)).isTrue();
        });
    }

    @Test
    void its_test_wallet_signs_as_the_address_that_it_shows() {
        assertThat(Secp256k1Key.recover(vectors.personalDigest(), hex("personalSignature")))
                .isEqualTo(vectors.wallet().address());
        assertThat(Secp256k1Key.recover(vectors.depositDigest(), hex("typedSignature")))
                .isEqualTo(vectors.wallet().address());
    }

    private static PublicKey key() {
        return Keys.p256(bytes(answers.path("spki")));
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asString());
    }

    private static byte[] hex(String member) {
        return HexFormat.of().parseHex(answers.path(member).asString().substring(2));
    }
}
