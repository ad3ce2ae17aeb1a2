package io.clearmarket.wallet.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.ed25519.Ed25519Key;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    private static final NoteKey LOG = key("example.com/log", NoteKey.Kind.LOG, 1);
    private static final NoteKey X1 = key("x1", NoteKey.Kind.WITNESS, 2);
    private static final NoteKey X2 = key("x2", NoteKey.Kind.WITNESS, 3);
    private static final NoteKey X3 = key("x3", NoteKey.Kind.WITNESS, 4);
    private static final NoteKey Y = key("y", NoteKey.Kind.WITNESS, 5);

    private static final String POLICY = """
            # who is trusted
            log %s https://example.com/log
              witness X1 %s
            witness X2\t%s https://x2.example
            witness X3 %s
            witness Y %s

            group X 2 X1 X2 X3
            group both all X Y
            quorum both
            """.formatted(LOG, X1, X2, X3, Y);

    private static NoteKey key(String name, NoteKey.Kind kind, int seed) {
        byte[] bytes = new byte[Ed25519Key.KEY_BYTES];
        bytes[0] = (byte) seed;
        return NoteKey.of(name, kind, Ed25519Key.fromSeed(bytes).publicKey());
    }

    @Test
    void a_quorum_of_groups_is_met_by_enough_of_each() {
        TrustPolicy policy = TrustPolicy.parse(POLICY);
        assertThat(policy.log("example.com/log")).contains(LOG);
        assertThat(policy.witnesses()).containsOnlyKeys("X1", "X2", "X3", "Y");
        assertThat(policy.quorum().isMetBy(Set.of(X1, X3, Y))).isTrue();
        assertThat(policy.quorum().isMetBy(Set.of(X1, X2, X3))).isFalse();
        assertThat(policy.quorum().isMetBy(Set.of(X2, Y))).isFalse();
        assertThat(policy.quorum().isMetBy(Set.of())).isFalse();
    }

    @Test
    void any_one_of_a_group_and_nobody_at_all_can_be_enough() {
        String any = POLICY.replace("quorum both", "").replace("group both all", "group some any") + "quorum some\n";
        assertThat(TrustPolicy.parse(any).quorum().isMetBy(Set.of(Y))).isTrue();
        String none = POLICY.replace("quorum both", "quorum none");
        assertThat(TrustPolicy.parse(none).quorum().isMetBy(Set.of())).isTrue();
    }

    @Test
    void a_key_has_the_published_text_and_verifies_the_published_note() {
        NoteKey key = NoteKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        SignedNote note = SignedNote.parse("""
                This is an example message.

                \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                """);
        NoteSignature signature = note.signatures().getFirst();
        assertThat(key.isNamedBy(signature)).isTrue();
        assertThat(key.verifies(note.text(), signature)).isTrue();
        assertThat(key.verifies(note.text() + "more\n", signature)).isFalse();
        assertThat(NoteKey.parse(key.vkey())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum nobody",
                "quorum none\nquorum none",
                "witness X",
                "group G all",
                "group G 2 X1\nquorum G",
                "group G 0 X1\nquorum G",
                "group G 01 X1\nquorum G",
                "group none all X1\nquorum none",
                "group X1 all X2\nquorum X1",
                "group G any X1\ngroup H any X1\nquorum H",
                "group G any later\nquorum G",
                "licence none\nquorum none",
                "quorum none\r"
            })
    void a_malformed_policy_is_refused(String end) {
        String start = "witness X1 " + X1 + "\nwitness X2 " + X2 + "\n";
        assertThatThrownBy(() -> TrustPolicy.parse(start + end)).isInstanceOf(InvalidProof.class);
    }

    @Test
    void a_key_twice_or_of_the_wrong_kind_is_refused_and_the_line_named() {
        assertThatThrownBy(() -> TrustPolicy.parse("witness A " + X1 + "\nwitness B " + X1 + "\nquorum A\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> TrustPolicy.parse("log " + X1 + "\nquorum none\n"))
                .hasMessageContaining("wrong kind");
        assertThatThrownBy(() -> TrustPolicy.parse("log " + LOG.vkey().replace("+A", "+B") + "\nquorum none\n"))
                .isInstanceOf(InvalidProof.class);
    }
}
