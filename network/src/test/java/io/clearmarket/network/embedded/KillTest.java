package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.ledger.TransactionLocation;
import io.clearmarket.network.testing.KilledNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final long SEED = 20261123;
    private static final int KILLS = 2;
    private static final int BLOCK_OF_DEATH = 12;

    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void what_was_announced_as_committed_survives_kill_9_on_every_peer() throws Exception {
        Random random = new Random(SEED);
        List<String> announced = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            announced.addAll(runAndKill(10 + random.nextInt(100)));
        }
        assertThat(announced).hasSizeGreaterThan(KILLS * 10);

        try (EmbeddedNetwork network = EmbeddedNetwork.start(KilledNetwork.config(directory))) {
            long height = network.height("PlatformMSP");
            for (Organization organization : network.organizations()) {
                var ledger = network.ledger(organization.mspId());
                assertThat(ledger.height()).isEqualTo(height);
                assertThat(announced)
                        .allSatisfy(id -> assertThat(ledger.find(id))
                                .map(TransactionLocation::code)
                                .contains(TxValidationCode.VALID));
                assertThat(metadata(ledger.block(height - 1).orElseThrow()))
                        .isEqualTo(metadata(
                                network.ledger("PlatformMSP").block(height - 1).orElseThrow()));
            }
        }
    }

    @Test
    @Timeout(300)
    void a_kill_in_the_middle_of_writing_a_block_is_repeatable_and_loses_nothing() throws Exception {
        Process process = start(Integer.toString(BLOCK_OF_DEATH));
        List<String> announced = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            announced.addAll(committed(output.lines().toList()));
        }
        assertThat(process.waitFor()).isEqualTo(137);
        assertThat(announced).isNotEmpty();

        try (EmbeddedNetwork network = EmbeddedNetwork.start(KilledNetwork.config(directory))) {
            long height = network.height("PlatformMSP");
            assertThat(height).isGreaterThan(BLOCK_OF_DEATH);
            for (Organization organization : network.organizations()) {
                var ledger = network.ledger(organization.mspId());
                assertThat(ledger.height()).isEqualTo(height);
                assertThat(announced)
                        .allSatisfy(id -> assertThat(ledger.find(id)).isPresent());
            }
        }
    }

    private static List<String> committed(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(KilledNetwork.COMMITTED))
                .map(line -> line.substring(KilledNetwork.COMMITTED.length()))
                .toList();
    }

    /** Transaction filter and commit hash: equal on two peers only if their whole states are. */
    private static List<Object> metadata(Block block) {
        return List.of(
                block.getHeader(),
                block.getMetadata().getMetadata(2),
                block.getMetadata().getMetadata(4));
    }

    /** Ids that the network in the other process announced until it was killed, after this many. */
    private List<String> runAndKill(int afterCommits) throws IOException, InterruptedException {
        Process process = start();
        List<String> announced = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(KilledNetwork.COMMITTED)) {
                    announced.add(line.substring(KilledNetwork.COMMITTED.length()));
                }
                if (announced.size() == afterCommits) {
                    // SIGKILL; through the handle, because Process would also close the pipe with lines still in it
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return announced;
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                "-cp",
                System.getProperty("java.class.path"),
                KilledNetwork.class.getName(),
                directory.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
