package io.clearmarket.network.fabric.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaincodePackageTest {
    @TempDir
    Path directory;

    @Test
    void tar_reads_it_and_it_says_what_fabric_wants_to_know() throws Exception {
        ChaincodePackage chaincode = ChaincodePackage.of("market", "1.0", "sha256:00", "127.0.0.1:9999");
        Path archive = directory.resolve("package.tar.gz");
        Files.write(archive, chaincode.bytes().toByteArray());
        extract(archive);
        assertThat(directory.resolve("metadata.json"))
                .hasContent("{\"path\":\"sha256:00\",\"type\":\"ccaas\",\"label\":\"market_1.0\"}");
        extract(directory.resolve("code.tar.gz"));
        assertThat(directory.resolve("connection.json"))
                .content(UTF_8)
                .contains("\"address\":\"127.0.0.1:9999\"")
                .contains("\"tls_required\":false");
    }

    private void extract(Path archive) throws Exception {
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString())
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
    }

    @Test
    void the_same_code_has_the_same_id_and_other_code_another() {
        ChaincodePackage one = ChaincodePackage.of("market", "1.0", "sha256:00");
        assertThat(one.id()).startsWith("market_1.0:").hasSize("market_1.0:".length() + 64);
        assertThat(ChaincodePackage.of("market", "1.0", "sha256:00").id()).isEqualTo(one.id());
        assertThat(ChaincodePackage.of("market", "1.0", "sha256:01").id()).isNotEqualTo(one.id());
    }

    @Test
    void a_malformed_policy_is_refused_before_anything_is_installed() {
        assertThatThrownBy(() -> ChaincodeTerms.of("market", "1.0", "AND('A.peer'"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChaincodeTerms.of("market", "1/0", "OR('A.peer')"))
                .hasMessageContaining("not a chaincode version");
    }
}
