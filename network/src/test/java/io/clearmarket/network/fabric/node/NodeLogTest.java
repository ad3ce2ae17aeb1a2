package io.clearmarket.network.fabric.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
    @TempDir
    Path directory;

    @Test
    void the_errors_of_this_run_tell_and_nothing_else() throws Exception {
        Path file = directory.resolve("peer.log");
        Files.writeString(file, "2026 ERRO the last run's trouble\n");
        NodeLog log = new NodeLog(file);
        log.mark();
        Files.writeString(
                file,
                "2026 INFO starting\n\u001B[31m2026 PANI\u001B[0m port in use\n2026 INFO bye\n",
                StandardOpenOption.APPEND);
        assertThat(log.telling())
                .contains("2026 PANI port in use")
                .doesNotContain("last run")
                .doesNotContain("bye")
                .contains(file.toString());
    }

    @Test
    void without_errors_the_last_lines_are_all_there_is() throws Exception {
        Path file = directory.resolve("peer.log");
        NodeLog log = new NodeLog(file);
        assertThat(log.telling()).contains("is empty");
        Files.writeString(file, "2026 INFO starting\n2026 INFO bye\n");
        assertThat(log.telling()).contains("bye");
    }
}
