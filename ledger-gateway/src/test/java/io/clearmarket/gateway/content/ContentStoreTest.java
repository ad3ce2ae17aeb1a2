package io.clearmarket.gateway.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.testing.TestDatabase;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ContentStoreTest {
    private final ContentStore store = new ContentStore(
            TestDatabase.create().client(), new ContentProperties(DataSize.ofBytes(10), DataSize.ofBytes(20)));

    @Test
    void a_document_is_found_by_its_hash_and_stays_as_first_stored() {
        byte[] bytes = "{}".getBytes(UTF_8);
        Digest hash = store.put(bytes, "application/json", "party:a");
        store.put(bytes, "text/plain", "party:b");
        assertThat(hash).isEqualTo(Digest.sha256(bytes));
        assertThat(store.get(hash)).hasValueSatisfying(document -> {
            assertThat(document.bytes()).isEqualTo(bytes);
            assertThat(document.mediaType()).isEqualTo("application/json");
            assertThat(document.storedBy()).isEqualTo("party:a");
        });
        assertThat(store.contains(Digest.ZERO)).isFalse();
    }

    @Test
    void what_is_too_large_is_refused() {
        assertThatThrownBy(() -> store.put(new byte[11], "text/plain", "party:a"))
                .hasMessageContaining("at most 10");
        assertThat(store.contains(Digest.sha256(new byte[11]))).isFalse();
    }

    @Test
    void a_model_may_be_larger_than_another_document() {
        Digest hash = store.put(new byte[20], Document.MODEL, "party:a");
        assertThat(store.mediaType(hash)).contains(Document.MODEL);
        assertThatThrownBy(() -> store.put(new byte[21], Document.MODEL, "party:a"))
                .hasMessageContaining("at most 20");
    }

    @Test
    void a_long_document_is_given_out_in_parts() throws Exception {
        byte[] bytes = new byte[2 * KeptDocument.PART + 7];
        new Random(8).nextBytes(bytes);
        ContentStore large = new ContentStore(
                TestDatabase.create().client(),
                new ContentProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)));
        KeptDocument kept =
                large.find(large.put(bytes, "text/plain", "party:a")).orElseThrow();
        assertThat(kept.contentLength()).isEqualTo(bytes.length);
        assertThat(kept.getInputStream().readAllBytes()).isEqualTo(bytes);
        try (InputStream range = kept.getInputStream()) {
            assertThat(range.read()).isEqualTo(Byte.toUnsignedInt(bytes[0]));
            range.skipNBytes(KeptDocument.PART);
            assertThat(range.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, KeptDocument.PART + 1, bytes.length));
        }
    }
}
