package io.clearmarket.wallet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class MerkleTest {
    private static final int LEAVES = 40;

    private final ReferenceTree tree = new ReferenceTree();
    private final CompactRange range = new CompactRange();

    private static Hash leaf(int i) {
        return Merkle.leaf(("leaf " + i).getBytes(UTF_8));
    }

    private void grow() {
        for (int i = 0; i < LEAVES; i++) {
            tree.add(leaf(i));
        }
    }

    @Test
    void a_growing_tree_has_the_root_of_the_standard_at_every_size_and_after_every_restart() {
        CompactRange restarted = range;
        assertThat(restarted.root()).isEqualTo(Merkle.EMPTY_ROOT);
        for (int i = 0; i < LEAVES; i++) {
            tree.add(leaf(i));
            restarted.append(leaf(i));
            assertThat(restarted.root()).isEqualTo(tree.root(i + 1));
            restarted = CompactRange.restore(restarted.size(), restarted.save());
        }
    }

    @Test
    void every_leaf_is_shown_to_be_where_it_is_and_nowhere_else() {
        grow();
        for (int size = 1; size <= LEAVES; size++) {
            for (int index = 0; index < size; index++) {
                List<Hash> proof = tree.inclusion(index, size);
                for (int claimed = 0; claimed <= size; claimed++) {
                    assertThat(Merkle.isIncluded(claimed, size, leaf(index), tree.root(size), proof))
                            .isEqualTo(claimed == index);
                }
                assertThat(Merkle.isIncluded(index, size, leaf(index), tree.root(size), longer(proof)))
                        .isFalse();
                assertThat(Merkle.isIncluded(index, size, leaf(index + 1), tree.root(size), proof))
                        .isFalse();
            }
        }
    }

    @Test
    void every_tree_is_shown_to_begin_with_every_smaller_one_and_with_no_other() {
        grow();
        for (int second = 1; second <= LEAVES; second++) {
            for (int first = 1; first <= second; first++) {
                List<Hash> proof = tree.consistency(first, second);
                assertThat(Merkle.isConsistent(first, second, tree.root(first), tree.root(second), proof))
                        .isTrue();
                assertThat(Merkle.isConsistent(first, second, leaf(99), tree.root(second), proof))
                        .isFalse();
                assertThat(Merkle.isConsistent(first, second, tree.root(first), leaf(99), proof))
                        .isFalse();
                assertThat(Merkle.isConsistent(first, second, tree.root(first), tree.root(second), longer(proof)))
                        .isFalse();
            }
        }
    }

    private static List<Hash> longer(List<Hash> proof) {
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(leaf(7));
        return longer;
    }

    @TestFactory
    Stream<DynamicTest> published_inclusion_proofs() throws IOException {
        return published(
                "inclusion",
                proof -> !proof.path("leafHash").asString().isEmpty()
                        && Merkle.isIncluded(
                                number(proof, "leafIdx"),
                                number(proof, "treeSize"),
                                hash(proof.path("leafHash")),
                                hash(proof.path("root")),
                                hashes(proof)));
    }

    @TestFactory
    Stream<DynamicTest> published_consistency_proofs() throws IOException {
        return published(
                "consistency",
                proof -> Merkle.isConsistent(
                        number(proof, "size1"),
                        number(proof, "size2"),
                        hash(proof.path("root1")),
                        hash(proof.path("root2")),
                        hashes(proof)));
    }

    /** A proof's verdict. */
    private interface Verdict {
        boolean of(JsonNode proof);
    }

    private static Stream<DynamicTest> published(String kind, Verdict verdict) throws IOException {
        Path folder =
                Path.of(System.getProperty("clearmarket.root", "..")).resolve("../shared/data/merkle-proofs/" + kind);
        assumeTrue(Files.isDirectory(folder), folder + " is not here");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> proofs =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(proofs).hasSizeGreaterThan(20);
            return proofs.stream()
                    .map(file -> DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> {
                        JsonNode proof = Json.MAPPER.readTree(Files.readAllBytes(file));
                        assertThat(verdict.of(proof))
                                .isEqualTo(!proof.path("wantErr").booleanValue());
                    }));
        }
    }

    /** Their numbers are unsigned; what is beyond our longs is negative here, and refused as that. */
    private static long number(JsonNode proof, String name) {
        return proof.path(name).bigIntegerValue().longValue();
    }

    private static List<Hash> hashes(JsonNode proof) {
        return proof.path("proof").valueStream().map(MerkleTest::hash).toList();
    }

    /** Some of their hashes are no hashes, which no caller of ours can have; such a one stands for a hash of its own. */
    private static Hash hash(JsonNode base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.asString());
        return bytes.length == Hash.BYTES ? Hash.of(bytes) : Hash.sha256(bytes, "no hash".getBytes(UTF_8));
    }
}
