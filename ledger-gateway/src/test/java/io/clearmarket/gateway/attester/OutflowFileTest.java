package io.clearmarket.gateway.attester;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.settlement.OutflowContract;
import io.clearmarket.gateway.settlement.attester.OutflowLimit;
import io.clearmarket.gateway.settlement.attester.Pausable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutflowFileTest extends OutflowContract {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @TempDir
    Path folder;

    private final List<OutflowFile> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(OutflowFile::close);
    }

    @Override
    protected OutflowLimit limit() {
        return open("attester-" + open.size(), NOW);
    }

    @Override
    protected Pausable pause() {
        return open.getLast();
    }

    @Test
    void what_was_let_out_counts_after_a_restart_for_an_hour_and_per_escrow_for_ever() {
        open("one", NOW).reserve(List.of(outflow(1, 90)));
        OutflowFile again = restarted("one", NOW.plus(Duration.ofMinutes(59)));
        assertThat(again.reserve(List.of(outflow(2, 11)))).containsOnlyKeys(0);
        assertThat(again.reserve(List.of(outflow(1, 90)))).isEmpty();

        OutflowFile later = restarted("one", NOW.plus(Duration.ofHours(1)));
        assertThat(later.reserve(List.of(outflow(1, 150), outflow(2, 40)))).isEmpty();
    }

    @Test
    void a_pause_outlives_a_restart() {
        open("one", NOW).pause(true, "operator");
        assertThat(restarted("one", NOW).isPaused()).isTrue();
    }

    @Test
    void a_line_that_a_crash_cut_short_was_never_promised_and_is_cut_off() throws Exception {
        open("one", NOW).reserve(List.of(outflow(1, 60)));
        open.getLast().close();
        String whole = Files.readString(folder.resolve("one"));
        Files.writeString(folder.resolve("one"), whole.substring(0, 40), UTF_8, StandardOpenOption.APPEND);

        OutflowFile again = open("one", NOW);
        assertThat(Files.readString(folder.resolve("one"))).isEqualTo(whole);
        assertThat(again.reserve(List.of(outflow(2, 41)))).containsOnlyKeys(0);
        assertThat(again.reserve(List.of(outflow(2, 40)))).isEmpty();
        assertThat(restarted("one", NOW).reserve(List.of(outflow(3, 1)))).containsOnlyKeys(0);
    }

    @Test
    void a_whole_line_that_cannot_be_read_is_an_error_and_nothing_is_forgotten() throws Exception {
        Files.writeString(folder.resolve("one"), "{}\n");
        assertThatThrownBy(() -> open("one", NOW))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the line at byte 0 can't be read");
    }

    @Test
    void one_process_at_a_time_counts_and_only_its_owner_reads() throws Exception {
        open("one", NOW);
        assertThatThrownBy(() -> open("one", NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is in use");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("one"))))
                .isEqualTo("rw-------");
    }

    private OutflowFile restarted(String name, Instant now) {
        open.getLast().close();
        return open(name, now);
    }

    private OutflowFile open(String name, Instant now) {
        OutflowFile file = new OutflowFile(folder.resolve(name), Amount.of(100), Clock.fixed(now, ZoneOffset.UTC));
        open.add(file);
        return file;
    }
}
