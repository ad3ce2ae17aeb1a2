package io.clearmarket.gateway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.proof.tree.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who were shown different logs, both properly signed and cosigned, find out. */
class LogComparisonTest {
    private static final WrittenLog LATE = WrittenLog.of(700);

    @TempDir
    Path folder;

    private static LogComparison compare(WrittenLog one, WrittenLog other, @Nullable Path tiles) {
        LogTiles from = tiles == null ? null : LogTiles.saved(tiles);
        LogComparison found = LogComparison.of(one.checkpoint(), other.checkpoint(), from);
        assertThat(LogComparison.of(other.checkpoint(), one.checkpoint(), from)).isEqualTo(found);
        return found;
    }

    @Test
    void a_log_that_grew_is_one_log_whatever_its_sizes() throws IOException {
        LATE.saveTiles(folder);
        for (int size : new int[] {1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 699, 700}) {
            assertThat(compare(WrittenLog.of(size), LATE, folder))
                    .as("%d and 700", size)
                    .isEqualTo(new LogComparison.Continues());
        }
    }

    @Test
    void two_roots_of_one_size_are_a_fork_without_any_tile() {
        assertThat(compare(WrittenLog.forked(700, 650), LATE, null)).isInstanceOf(LogComparison.Forked.class);
    }

    @Test
    void another_beginning_is_a_fork_by_the_tiles_of_the_larger_log() throws IOException {
        LATE.saveTiles(folder);
        for (int size : new int[] {1, 256, 300, 512, 699}) {
            assertThat(compare(WrittenLog.forked(size, size - 1), LATE, folder))
                    .as("%d and 700", size)
                    .isInstanceOf(LogComparison.Forked.class);
        }
    }

    @Test
    void tiles_of_another_log_show_nothing_either_way() throws IOException {
        WrittenLog.forked(700, 0).saveTiles(folder);
        assertThat(compare(WrittenLog.of(300), LATE, folder)).isInstanceOf(LogComparison.Unknown.class);
        assertThat(compare(WrittenLog.of(256), LATE, folder)).isInstanceOf(LogComparison.Unknown.class);
        assertThat(compare(WrittenLog.of(300), LATE, Files.createDirectory(folder.resolve("empty"))))
                .isInstanceOf(LogComparison.Unknown.class);
        assertThat(compare(WrittenLog.of(300), LATE, null)).isInstanceOf(LogComparison.Unknown.class);
    }

    @Test
    void a_tiles_path_is_that_of_the_standard() {
        assertThat(new TilePath(1_234_067, 256).text()).isEqualTo("x001/x234/067");
        assertThat(new TilePath(67, 17).text()).isEqualTo("067.p/17");
        assertThat(new TilePath(1000, 256).text()).isEqualTo("x001/000");
        for (long index : new long[] {0, 1, 999, 1000, 1_000_000, 999_999_999}) {
            TilePath path = new TilePath(index, 9);
            assertThat(TilePath.parse(path.text())).contains(path);
        }
    }
}
