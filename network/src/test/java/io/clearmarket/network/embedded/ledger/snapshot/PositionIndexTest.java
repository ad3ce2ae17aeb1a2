package io.clearmarket.network.embedded.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionIndexTest {
    private static final int KEYS = 40;

    @TempDir
    private Path directory;

    private final Map<String, List<Long>> model = new HashMap<>();
    private int files;

    @Test
    void it_finds_what_a_plain_map_finds_through_many_files() throws IOException {
        PositionIndex<String> index = new PositionIndex<>(Fingerprints::of);
        Random random = new Random(7);
        for (long position = 1; position <= 2000; position++) {
            add(index, "key" + random.nextInt(KEYS), position);
            if (random.nextInt(100) == 0) {
                index.freeze();
            }
            if (random.nextInt(150) == 0) {
                index.freeze();
                store(index);
            }
        }
        assertThat(files).isGreaterThan(5);
        model.forEach((key, positions) -> {
            assertThat(index.all(key))
                    .containsExactly(positions.stream().mapToLong(p -> p).toArray());
            assertThat(index.first(key, position -> true)).hasValue(positions.getFirst());
        });
        assertThat(index.all("absent")).isEmpty();
        assertThat(index.first("absent", position -> true)).isEmpty();
    }

    @Test
    void what_was_added_while_a_file_was_written_is_not_lost() throws IOException {
        PositionIndex<String> index = new PositionIndex<>(Fingerprints::of);
        index.add("a", 1);
        index.freeze();
        index.add("a", 2);
        store(index);
        assertThat(index.all("a")).containsExactly(1, 2);
    }

    @Test
    void keys_with_one_fingerprint_are_told_apart_by_looking() throws IOException {
        PositionIndex<String> index = new PositionIndex<>(key -> -1);
        index.add("a", 1);
        index.add("b", 2);
        index.freeze();
        store(index);
        assertThat(index.first("b", position -> position == 2)).hasValue(2);
        assertThat(index.first("c", position -> false)).isEmpty();
    }

    private void add(PositionIndex<String> index, String key, long position) {
        index.add(key, position);
        model.computeIfAbsent(key, k -> new ArrayList<>()).add(position);
    }

    private void store(PositionIndex<?> index) throws IOException {
        Path file = directory.resolve("index" + files++);
        try (OutputStream out = Files.newOutputStream(file)) {
            index.writeFrozen(out);
        }
        index.adopt(SortedPositions.open(file));
    }
}
