package io.clearmarket.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.proof.WrittenLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code verify A B} and {@code verify A --against CHECKPOINT}, over files. */
class VerifyCommandTest {
    private static final WrittenLog EARLY = WrittenLog.of(300);
    private static final WrittenLog LATE = WrittenLog.of(700);
    private static final WrittenLog FORKED = WrittenLog.forked(700, 299);

    @TempDir
    Path folder;

    private String said = "";

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("policy"), WrittenLog.policy());
        Files.write(folder.resolve("early"), EARLY.proof(7));
        Files.write(folder.resolve("late"), LATE.proof(299));
        Files.write(folder.resolve("forked"), FORKED.proof(299));
        Files.writeString(folder.resolve("seen"), EARLY.note().encoded());
        Files.writeString(folder.resolve("seen-late"), LATE.note().encoded());
        LATE.saveTiles(folder.resolve("tiles"));
        FORKED.saveTiles(folder.resolve("forked-tiles"));
    }

    /** Exit code; what was said is in {@code said}. */
    private int verify(String... words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            all.add(Files.exists(folder.resolve(word)) ? folder.resolve(word).toString() : word);
        }
        all.addAll(List.of("--policy", folder.resolve("policy").toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(taken, true, UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            return new CommandLine(new VerifyCommand()).execute(all.toArray(String[]::new));
        } finally {
            System.setOut(out);
            System.setErr(err);
            said = taken.toString(UTF_8);
        }
    }

    @Test
    void one_file_is_verified_alone() {
        assertThat(verify("late")).isZero();
        assertThat(said).contains("AUTHENTIC").doesNotContain("LOG:");
    }

    @Test
    void a_later_file_and_what_was_seen_before_are_of_one_log_by_its_tiles() {
        assertThat(verify("late", "early", "--tiles", "tiles")).isZero();
        assertThat(said).contains("ONE LOG");
        assertThat(verify("late", "--against", "seen", "--tiles", "tiles")).isZero();
        assertThat(verify("early", "--against", "seen-late", "--tiles", "tiles"))
                .isZero();
    }

    @Test
    void a_fork_of_one_size_is_found_offline_and_both_signed_notes_are_the_evidence() {
        assertThat(verify("late", "forked")).isOne();
        assertThat(said)
                .contains("FORKED LOG", LATE.note().encoded(), FORKED.note().encoded())
                .contains("AUTHENTIC");
    }

    @Test
    void a_fork_of_another_size_is_found_by_the_forked_logs_own_tiles() {
        assertThat(verify("forked", "--against", "seen", "--tiles", "forked-tiles"))
                .isOne();
        assertThat(said)
                .contains("FORKED LOG", EARLY.note().encoded(), FORKED.note().encoded());
    }

    @Test
    void what_is_not_shown_is_no_success() {
        assertThat(verify("late", "early")).isOne();
        assertThat(said).contains("NOT COMPARED", "tiles");
        assertThat(verify("forked", "--against", "seen", "--tiles", "tiles")).isOne();
        assertThat(said).contains("NOT COMPARED");
    }

    @Test
    void what_nobody_signed_is_no_evidence() throws IOException {
        String note = EARLY.note().encoded();
        Files.writeString(folder.resolve("seen"), note.replace("\n300\n", "\n299\n"));
        assertThat(verify("late", "--against", "seen", "--tiles", "tiles")).isOne();
        assertThat(said).contains("NOT VERIFIED (SIGNATURE)").doesNotContain("FORKED");
    }
}
