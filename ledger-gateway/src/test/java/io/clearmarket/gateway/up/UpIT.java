package io.clearmarket.gateway.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./clearmarket up} as it is typed, and told to end. */
@Timeout(900)
class UpIT {
    private static final Path ROOT =
            Path.of(System.getProperty("clearmarket.root")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void sigterm_ends_every_process_and_that_is_success_and_a_kill_leaves_none_behind() throws Exception {
        List<Integer> ports = Ports.free(3);
        Process up = up("first", ports);
        Map<String, Long> pids = awaitUp(up).pids();
        assertThat(pids).containsKeys("up", "network", "development chain", "gateway");
        List<ProcessHandle> started = descendants(up);
        up.destroy();
        assertThat(up.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(up.exitValue()).as(said("first")).isZero();
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("data/up.json")).doesNotExist();

        Process killed = up("second", ports);
        awaitUp(killed);
        List<ProcessHandle> left = descendants(killed);
        killed.destroyForcibly().waitFor();
        // anvil does not watch who started it: the next "up" ends it, tried in the next lines
        String chain = "anvil";
        for (ProcessHandle process : left) {
            if (!process.info().command().orElse("").contains(chain)) {
                process.onExit().get(2, TimeUnit.MINUTES);
            }
        }
        Process again = up("third", ports);
        awaitUp(again);
        assertThat(left).noneMatch(ProcessHandle::isAlive);
        upgradeAndTrade();
        again.destroy();
        assertThat(again.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }

    /** Another version of the chaincode serves at once. */
    private void upgradeAndTrade() throws Exception {
        assertThat(said(run("chaincode", "upgrade", "--to", "1.1"))).contains("chaincode market 1.1");
        String orders = ROOT.resolveSibling("shared/data/olist").toString();
        assertThat(said(run("replay", orders, "--limit", "2"))).contains("differences");
    }

    /** Runs a command on the system that is up; its log's name. */
    private String run(String... arguments) throws Exception {
        String log = arguments[0];
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("clearmarket").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        Process process = start(log, command);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said(log)).isZero();
        return log;
    }

    @Test
    void a_port_in_use_is_one_line_with_the_option_that_changes_it() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> free = Ports.free(2);
            Process up = up("taken", List.of(taken.getLocalPort(), free.get(0), free.get(1)));

            assertThat(up.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(up.exitValue()).isEqualTo(1);
            assertThat(said("taken").lines().filter(line -> line.startsWith("clearmarket: ")))
                    .containsExactly("clearmarket: port " + taken.getLocalPort()
                            + " for the gateway is in use by another program; end that, or choose another with --port");
            assertThat(said("taken")).doesNotContain("Exception");
        }
    }

    private Process up(String log, List<Integer> ports) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("clearmarket").toString(),
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                ports.get(0).toString(),
                "--network-port",
                ports.get(1).toString(),
                "--chain-port",
                ports.get(2).toString()));
        return start(log, command);
    }

    private Process start(String log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("CLEARMARKET_BUILT", "yes");
        return builder.start();
    }

    private UpState awaitUp(Process up) throws Exception {
        Path state = folder.resolve("data/up.json");
        while (up.isAlive() && !isOf(up, state)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(up.isAlive()).as("ended instead of coming up").isTrue();
        return Json.MAPPER.readValue(Files.readAllBytes(state), UpState.class);
    }

    /** A killed system leaves its file behind, which names another process. */
    private static boolean isOf(Process up, Path state) throws IOException {
        return Files.exists(state)
                && Files.size(state) > 0
                && Json.MAPPER
                                .readTree(Files.readAllBytes(state))
                                .path("pids")
                                .path("up")
                                .asLong()
                        == up.pid();
    }

    private static List<ProcessHandle> descendants(Process up) {
        List<ProcessHandle> all = up.toHandle().descendants().toList();
        // the database server detaches itself, so it is nobody's child
        assertThat(all).as("network with chaincode, chain, gateway").hasSizeGreaterThanOrEqualTo(3);
        return all;
    }

    private String said(String log) throws IOException {
        return Files.readString(folder.resolve(log));
    }
}
