package io.clearmarket.network.embedded.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_kill_loses_nothing_acknowledged_and_reopens_to_the_same_state(long seed)
            throws IOException, InterruptedException {
        List<String> acknowledged = writeAndKill(seed);
        assertThat(acknowledged).hasSizeGreaterThan(5);
        try (FileLedger ledger = FileLedger.open(directory, null, null, KilledWriter.SNAPSHOT_INTERVAL)) {
            // block 0 and the definition, then those acknowledged; one more may have reached the disk
            assertThat(ledger.height()).isBetween(2L + acknowledged.size(), 3L + acknowledged.size());
            for (String line : acknowledged) {
                String[] words = line.split(" ", -1);
                Block block = ledger.block(Long.parseLong(words[0])).orElseThrow();
                byte[] commitHash = CompletedBlock.commitHash(block).toByteArray();
                assertThat(HexFormat.of().formatHex(commitHash)).isEqualTo(words[1]);
            }
        }
    }

    /** The lines that the writer printed before it was killed with SIGKILL at a seeded moment. */
    private List<String> writeAndKill(long seed) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Random random = new Random(seed);
        int blocks = 6 + random.nextInt(40);
        List<String> lines = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // the kill may cut the last line in two
                if (line.matches("\\d+ [0-9a-f]{64}")) {
                    lines.add(line);
                }
                if (lines.size() == blocks) {
                    Thread.sleep(random.nextInt(20));
                    // by its handle: destroying the Process itself would close the output that is still to be read
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor()).isEqualTo(137);
        return lines;
    }
}
