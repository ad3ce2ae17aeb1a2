package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.proof.InvalidProof.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

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

    @Test
    void every_change_of_a_single_byte_is_refused() {
        byte[] file = log.file(5).encoded();
        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << (at % Byte.SIZE));
            assertThat(refused(changed)).as("byte %d", at).isNotNull();
        }
    }

    @Test
    void random_damage_is_refused() {
        Random random = new Random(20);
        for (int i = 0; i < 500; i++) {
            byte[] file = log.file(random.nextInt(21)).encoded();
            byte[] damaged = switch (random.nextInt(3)) {
                case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
                case 1 -> Arrays.copyOf(file, file.length + 1 + random.nextInt(9));
                default -> {
                    int at = random.nextInt(file.length);
                    file[at] = (byte) (file[at] + 1 + random.nextInt(255));
                    yield file;
                }
            };
            assertThat(refused(damaged)).as("damage %d", i).isNotNull();
        }
    }

    private InvalidProof refused(byte[] file) {
        return catchThrowableOfType(InvalidProof.class, () -> verifier.verify(file));
    }

    /** Forgeries, each with the check that finds it. */
    @TestFactory
    Stream<DynamicTest> a_forgery_is_refused() {
        return Stream.of(
                forged("another record", Check.RECORD, file -> withRecord(file, "{\"n\":6}")),
                forged("no record", Check.RECORD, file -> set(file, "record", null)),
                forged("the record as bytes", Check.FORMAT, file -> set(file, "bytes", "e30=")),
                forged("a number for a record", Check.FORMAT, file -> withRecord(file, "7")),
                forged(
                        "a leaf with another key",
                        Check.INCLUSION,
                        file -> leaf(file, "key", "\u0000item\u00009\u0000")),
                forged("a leaf in another block", Check.INCLUSION, file -> leaf(file, "block", 7)),
                forged("a leaf by another creator", Check.INCLUSION, file -> leaf(file, "creator", "00".repeat(32))),
                forged("a leaf of another transaction", Check.INCLUSION, file -> leaf(file, "transactionId", "ff")),
                forged("a leaf of another namespace", Check.INCLUSION, file -> leaf(file, "namespace", "other")),
                forged("a leaf with another value", Check.INCLUSION, file -> leaf(file, "value", "00".repeat(32))),
                forged("a leaf said to be deleted", Check.INCLUSION, file -> leaf(file, "value", LogLeaf.DELETED)),
                forged("a leaf of another network", Check.LOG, file -> leaf(file, "network", "example.com/other")),
                forged("a leaf of another channel", Check.LOG, file -> leaf(file, "channel", "other")),
                forged("a leaf with one member more", Check.FORMAT, file -> leaf(file, "more", 1)),
                forged("a leaf with one member less", Check.FORMAT, file -> leaf(file, "write", null)),
                forged("another format", Check.FORMAT, file -> set(file, "format", "clearmarket-proof/v2")),
                forged("a policy smuggled in", Check.FORMAT, file -> set(file, "policy", "quorum none")),
                forged("a disclosure of another value", Check.DISCLOSURE, file -> disclose(file, "value", "no wrap")),
                forged(
                        "a disclosure with another salt",
                        Check.DISCLOSURE,
                        file -> disclose(file, "salt", "11".repeat(32))),
                forged("a disclosure with a short salt", Check.DISCLOSURE, file -> disclose(file, "salt", "11")),
                forged("a salt in capitals", Check.DISCLOSURE, file -> disclose(file, "salt", "AB".repeat(32))),
                forged("a disclosure of another field", Check.DISCLOSURE, file -> disclose(file, "path", "name")),
                forged("a disclosure elsewhere", Check.DISCLOSURE, file -> disclose(file, "at", "/n")),
                forged("a disclosure nowhere", Check.DISCLOSURE, file -> disclose(file, "at", "no pointer")),
                forged("a wrong index", Check.INCLUSION, proof("index 5\n", "index 6\n")),
                forged("an index beyond the log", Check.INCLUSION, proof("index 5\n", "index 21\n")),
                forged("an index with a leading zero", Check.FORMAT, proof("index 5\n", "index 05\n")),
                forged("a negative index", Check.FORMAT, proof("index 5\n", "index -5\n")),
                forged("an enormous index", Check.FORMAT, proof("index 5\n", "index 18446744073709551621\n")),
                forged("extra data", Check.FORMAT, proof("index 5\n", "extra AAAA\nindex 5\n")),
                forged("another proof version", Check.FORMAT, proof("proof@v1", "proof@v2")),
                forged("an empty path", Check.INCLUSION, path(path -> List.of())),
                forged("a path too long", Check.INCLUSION, path(path -> plus(path, Merkle.EMPTY_ROOT))),
                forged("a path of a hundred", Check.FORMAT, path(path -> Collections.nCopies(100, Merkle.EMPTY_ROOT))),
                forged("a path too short", Check.INCLUSION, path(path -> path.subList(1, path.size()))),
                forged("a path turned round", Check.INCLUSION, path(List::reversed)),
                forged("a hash that is none", Check.FORMAT, proof("index 5\n", "index 5\nAAAA\n")),
                forged("a hash in other base64", Check.FORMAT, proof("=\n\nexample", "\n\nexample")),
                forged("a line of the checkpoint more", Check.FORMAT, proof("\n21\n", "\n21\nmore\n")),
                forged("another size", Check.SIGNATURE, proof("\n21\n", "\n22\n")),
                forged("another origin", Check.LOG, proof("\nexample.com/net/ch\n", "\nexample.com/net/cg\n")),
                forged("no checkpoint", Check.FORMAT, proof("\n\n", "\n")),
                forged("a log's signature by another key", Check.SIGNATURE, note(SampleLog::signedByAnotherLog)),
                forged("no witness", Check.QUORUM, note(note -> only(note, 1))),
                forged("too few witnesses", Check.QUORUM, note(note -> only(note, 2))),
                forged(
                        "a witness twice",
                        Check.FORMAT,
                        note(note -> note.with(note.signatures().getLast()))),
                forged("witnesses out of order", Check.FORMAT, note(ProofVerifierTest::swapped)),
                forged("an unknown witness", Check.FORMAT, note(SampleLog::cosignedByAStranger)),
                forged("a witness's name with another key", Check.FORMAT, note(SampleLog::cosignedByAnImpostor)),
                forged(
                        "a witness's signature of another time",
                        Check.SIGNATURE,
                        note(SampleLog::cosignedAtAnotherTime)),
                forged("a witness's plain signature", Check.FORMAT, note(SampleLog::cosignedAsALog)),
                forged("an old checkpoint", Check.INCLUSION, note(note -> log.note(4))),
                forged("a fork's checkpoint", Check.INCLUSION, note(note -> new SampleLog(22).fork(21))));
    }

    private DynamicTest forged(String what, Check finds, UnaryOperator<ObjectNode> forge) {
        return DynamicTest.dynamicTest(what, () -> {
            ObjectNode file = (ObjectNode) Json.MAPPER.readTree(log.file(5).encoded());
            byte[] forgery = CanonicalJson.bytes(forge.apply(file));
            assertThat(forgery).isNotEqualTo(log.file(5).encoded());
            InvalidProof refusal = refused(forgery);
            assertThat(refusal).isNotNull();
            assertThat(refusal.check()).as(refusal.getMessage()).isEqualTo(finds);
        });
    }

    private static ObjectNode set(ObjectNode node, String member, @Nullable Object value) {
        if (value == null) {
            node.remove(member);
        } else {
            node.set(member, Json.MAPPER.valueToTree(value));
        }
        return node;
    }

    private static ObjectNode withRecord(ObjectNode file, String json) {
        file.set("record", Json.MAPPER.readTree(json));
        return file;
    }

    private static ObjectNode leaf(ObjectNode file, String member, @Nullable Object value) {
        set((ObjectNode) file.get("leaf"), member, value);
        return file;
    }

    private static ObjectNode disclose(ObjectNode file, String member, @Nullable Object value) {
        set((ObjectNode) file.get("disclosures").get(0), member, value);
        return file;
    }

    private static UnaryOperator<ObjectNode> proof(String from, String to) {
        return file -> set(file, "proof", file.get("proof").stringValue().replaceFirst(from, to));
    }

    private static UnaryOperator<ObjectNode> proof(UnaryOperator<TlogProof> change) {
        return file -> set(
                file,
                "proof",
                change.apply(TlogProof.parse(file.get("proof").stringValue())).encoded());
    }

    private static UnaryOperator<ObjectNode> path(UnaryOperator<List<Hash>> change) {
        return proof(proof -> new TlogProof(proof.index(), change.apply(proof.path()), proof.checkpoint()));
    }

    private static UnaryOperator<ObjectNode> note(UnaryOperator<SignedNote> change) {
        return proof(proof -> new TlogProof(proof.index(), proof.path(), change.apply(proof.checkpoint())));
    }

    private static SignedNote only(SignedNote note, int signatures) {
        return new SignedNote(note.text(), note.signatures().subList(0, signatures));
    }

    private static SignedNote swapped(SignedNote note) {
        List<NoteSignature> signatures = new ArrayList<>(note.signatures());
        Collections.swap(signatures, 1, 2);
        return new SignedNote(note.text(), signatures);
    }

    private static List<Hash> plus(List<Hash> path, Hash hash) {
        List<Hash> longer = new ArrayList<>(path);
        longer.add(hash);
        return longer;
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
