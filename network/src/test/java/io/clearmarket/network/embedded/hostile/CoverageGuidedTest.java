package io.clearmarket.network.embedded.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer at each target, in a process of its own, since it changes the classes that it watches. Run on
 * demand: {@code -Dclearmarket.jazzer.seconds=600} goes on for that long with each target.
 */
@Timeout(7200)
@EnabledIfSystemProperty(named = "clearmarket.jazzer.seconds", matches = "[0-9]+")
class CoverageGuidedTest {
    private static final String PACKAGE = "io.clearmarket.network.embedded.";
    private static final String WATCHED = PACKAGE + "**";
    private static final Pattern INPUTS = Pattern.compile("(?m)^stat::number_of_executed_units: *([0-9]+)");
    private static final int LONGEST_INPUT = 8192;
    private static final long SECONDS = Long.getLong("clearmarket.jazzer.seconds", 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostile.DoorsFuzzTarget",
                "seek.SeekFuzzTarget",
                "peer.endorser.ProposalFuzzTarget",
                "ledger.LedgerBytesFuzzTarget"
            })
    void nothing_is_found_by_coverage(String target) throws Exception {
        String said = fuzz(target);
        assertThat(said).as(said).contains("stat::number_of_executed_units");
        Matcher inputs = INPUTS.matcher(said);
        assertThat(inputs.find()).isTrue();
        System.out.println(target + ": " + inputs.group(1) + " inputs");
    }

    /** What Jazzer said; a finding ends it with a code of its own, with the stack and the input among what it said. */
    private String fuzz(String target) throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        Path log = folder.resolve("log");
        Process jazzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dclearmarket.fuzz.corpus=" + corpus,
                        "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + PACKAGE + target,
                        "--instrumentation_includes=" + WATCHED,
                        "--custom_hook_includes=" + PACKAGE + "**",
                        "-max_len=" + LONGEST_INPUT,
                        "-print_final_stats=1",
                        SECONDS > 0
                                ? "-max_total_time=" + SECONDS
                                : "-runs=" + (target.contains("Doors") ? 200 : 20_000),
                        corpus.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            assertThat(jazzer.waitFor(2 * SECONDS + 300, TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        String said = Files.readString(log, UTF_8);
        assertThat(jazzer.exitValue()).as(said).isZero();
        return said;
    }
}
