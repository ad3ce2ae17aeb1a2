package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_disk_with_too_little_room_is_refused_in_one_line_with_the_remedy() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", disk.toString()) == 0,
                "only root may mount a small disk");
        try {
            assertThatThrownBy(() -> DataFolder.open(disk.resolve("data"), false))
                    .isInstanceOf(UpException.class)
                    .hasMessageMatching("only \\d+ MB are free where .*disk/data is; free at least 500 MB, "
                            + "or choose another place with --data DIR");
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused_in_one_line_with_the_remedy() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> DataFolder.open(file.resolve("data"), false))
                .isInstanceOf(UpException.class)
                .hasMessageContaining("can't be used")
                .hasMessageContaining("--data DIR");
    }

    @Test
    void a_folder_is_used_by_one_system_at_a_time() {
        try (DataFolder used = DataFolder.open(folder, false)) {
            assertThat(used).isNotNull();
            assertThatThrownBy(() -> DataFolder.open(folder, false)).hasMessageContaining("another ./clearmarket up");
        }
        DataFolder.open(folder, false).close();
    }

    @Test
    void a_fresh_start_keeps_nothing_of_the_last_one() throws Exception {
        Files.createDirectories(folder.resolve("network/peers"));
        Files.writeString(folder.resolve("network/peers/blocks"), "old");
        Files.createDirectories(folder.resolve("crash/system"));
        Files.writeString(folder.resolve("crash/system/up.lock"), "of a system within");

        DataFolder.open(folder, true).close();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("up.lock"));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
