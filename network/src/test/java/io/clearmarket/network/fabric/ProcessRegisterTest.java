package io.clearmarket.network.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProcessRegisterTest {
    @TempDir
    Path directory;

    @Test
    void what_a_killed_run_left_running_is_ended_by_the_next() throws Exception {
        Path file = directory.resolve("processes.json");
        Process left = new ProcessBuilder("sleep", "600").start();
        new ProcessRegister(file).add("peer", left.pid());

        new ProcessRegister(file).endAll();
        assertThat(left.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_process_that_got_an_old_ones_number_is_left_alone() throws Exception {
        Path file = directory.resolve("processes.json");
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(file, "[{\"name\":\"peer\",\"pid\":" + stranger.pid() + ",\"at\":1}]");
            new ProcessRegister(file).endAll();
            assertThat(stranger.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            stranger.destroyForcibly();
        }
    }
}
