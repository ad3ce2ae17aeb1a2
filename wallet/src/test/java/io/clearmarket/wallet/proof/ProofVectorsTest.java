package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The proofs and forgeries of these tests as a file, by which a verifier in another language is tried. */
class ProofVectorsTest {
    private static final Path FILE = Path.of("src/test/resources/proof-vectors.json");
    private static final int SIZE = 21;

    /** With {@code -Dclearmarket.vectors.write} it is written anew first. */
    @Test
    void the_file_holds_the_proofs_and_forgeries_of_these_tests() throws IOException {
        String now = vectors();
        if (System.getProperty("clearmarket.vectors.write") != null) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, now);
        }
        assertThat(Files.readString(FILE)).isEqualTo(now);
    }

    private static String vectors() {
        SampleLog log = new SampleLog(SIZE);
        ObjectNode vectors = Json.MAPPER.createObjectNode();
        vectors.put("policy", SampleLog.policyText());
        ArrayNode proofs = vectors.putArray("proofs");
        for (int i = 0; i < SIZE; i++) {
            proofs.addObject()
                    .put("name", "leaf " + i)
                    .put("key", log.leaf(i).key())
                    .put("file", base64(log.file(i).encoded()));
        }
        ArrayNode forgeries = vectors.putArray("forgeries");
        new Forgeries(log)
                .all()
                .forEach(forgery -> forgeries
                        .addObject()
                        .put("name", forgery.name())
                        .put("check", forgery.finds().name())
                        .put("file", base64(forgery.file())));
        return new String(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(vectors), UTF_8) + "\n";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
