package io.clearmarket.network.embedded.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTreeTest {
    private static final String ALPHABET = "aZ_\u0000\u0001\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFD\uFFFF";

    private static String randomKey(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int choice = random.nextInt(ALPHABET.length() + 2);
            if (choice < ALPHABET.length()) {
                key.append(ALPHABET.charAt(choice));
            } else {
                key.appendCodePoint(choice == ALPHABET.length() ? 0x10000 : 0x10FFFF);
            }
        }
        return key.toString();
    }

    private static int byBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }

    private static <V> List<String> contents(SortedTree<V> tree, String start) {
        List<String> contents = new ArrayList<>();
        tree.from(start).forEachRemaining(entry -> contents.add(entry.key() + "=" + entry.value()));
        return contents;
    }

    private static List<String> contents(NavigableMap<String, Integer> map) {
        return map.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    @Test
    void keys_compare_as_their_utf8_bytes_do() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String a = randomKey(random);
            String b = randomKey(random);
            assertThat(Integer.signum(KeyOrder.compare(a, b))).isEqualTo(Integer.signum(byBytes(a, b)));
        }
    }

    @Test
    void it_behaves_like_a_sorted_map_and_old_trees_never_change() {
        Random random = new Random(2);
        NavigableMap<String, Integer> model = new TreeMap<>(SortedTreeTest::byBytes);
        SortedTree<Integer> tree = SortedTree.empty();
        List<SortedTree<Integer>> snapshots = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String key = randomKey(random);
            if (random.nextInt(3) == 0) {
                model.remove(key);
                tree = tree.without(key);
            } else {
                model.put(key, i);
                tree = tree.with(key, i);
            }
            assertThat(tree.get(key)).isEqualTo(model.get(key));
            if (i % 500 == 0) {
                snapshots.add(tree);
                expected.add(contents(model));
            }
            String start = randomKey(random);
            assertThat(contents(tree, start)).isEqualTo(contents(model.tailMap(start, true)));
        }
        for (int i = 0; i < snapshots.size(); i++) {
            assertThat(contents(snapshots.get(i), "")).isEqualTo(expected.get(i));
        }
    }
}
