package io.clearmarket.chaincode.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommitmentTest {
    private final byte[] salt = new byte[32];

    @Test
    void a_commitment_is_the_hash_of_a_tag_the_salt_and_the_canonical_field() {
        byte[] field = "[\"review.text\",\"Muito bom ✓\"]".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[33 + field.length];
        all[0] = 1;
        System.arraycopy(field, 0, all, 33, field.length);
        assertThat(Commitment.of(salt, "review.text", "Muito bom ✓")).isEqualTo(Digest.sha256(all));
    }

    @Test
    void value_path_and_salt_all_count() {
        Digest digest = Commitment.of(salt, "review.text", "a");
        byte[] otherSalt = salt.clone();
        otherSalt[31] = 1;
        assertThat(Commitment.of(salt, "review.text", "b")).isNotEqualTo(digest);
        assertThat(Commitment.of(salt, "review.title", "a")).isNotEqualTo(digest);
        assertThat(Commitment.of(otherSalt, "review.text", "a")).isNotEqualTo(digest);
        assertThatThrownBy(() -> Commitment.of(new byte[31], "a", "b")).isInstanceOf(InvalidValue.class);
    }
}
