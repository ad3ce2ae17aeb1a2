package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.wallet.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProofVerifierTest {
    private final SampleLog log = new SampleLog(21);
    private final ProofVerifier verifier = new ProofVerifier(log.policy());

    @Test
    void a_true_proof_says_what_was_written_when_and_by_whom_it_was_witnessed() {
        VerifiedProof verified = verifier.verify(log.file(5).encoded());
        assertThat(verified.leaf()).isEqualTo(log.leaf(5));
        assertThat(verified.record()).isEqualTo(Json.MAPPER.readTree(SampleLog.value(5)));
        assertThat(verified.checkpoint().size()).isEqualTo(21);
        assertThat(verified.witnesses())
                .containsOnly(Map.entry("audit", SampleLog.NOW), Map.entry("merchants", SampleLog.NOW));
        assertThat(verified.disclosures())
                .extracting(ProofFile.Disclosure::value)
                .containsExactly("gift wrap");
    }

    @Test
    void a_deleted_key_and_a_binary_value_can_be_proved_too() {
        assertThat(verifier.verify(log.file(SampleLog.DELETED).encoded()).leaf().value())
                .isEqualTo(LogLeaf.DELETED);
        assertThat(verifier.verify(log.file(SampleLog.BINARY).encoded()).record())
                .isNull();
    }

    private InvalidProof refused(byte[] file) {
        return catchThrowableOfType(InvalidProof.class, () -> verifier.verify(file));
    }

    @TestFactory
    Stream<DynamicTest> a_forgery_is_refused() {
        return new Forgeries(log)
                .all().stream()
                        .map(forgery -> DynamicTest.dynamicTest(forgery.name(), () -> {
                            assertThat(forgery.file()).isNotEqualTo(log.file(5).encoded());
                            InvalidProof refusal = refused(forgery.file());
                            assertThat(refusal).isNotNull();
                            assertThat(refusal.check()).as(refusal.getMessage()).isEqualTo(forgery.finds());
                        }));
    }

    @Test
    void what_is_no_proof_file_at_all_is_refused() {
        for (String text : List.of(
                "", "{}", "[]", "null", "\"proof\"", "{\"format\":\"clearmarket-proof/v1\"}", "[".repeat(9_999))) {
            assertThat(refused(text.getBytes(UTF_8))).as(text).isNotNull();
        }
        assertThat(refused(new byte[ProofFile.MOST_BYTES + 1]).getMessage()).contains("at most");
    }
}
